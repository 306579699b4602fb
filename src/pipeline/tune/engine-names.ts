import { type EngineName, engineNames } from '../../contract/dialect.js';
import { fail } from '../../model/error.js';

/**
 * Engines by name, for which exclusions are spelled.
 * @throws WafproofError `ENGINE_UNKNOWN`
 */
export function readEngineNames(names: readonly string[]): readonly EngineName[] {
  return names.map((name) => {
    const engine = engineNames.find((one) => one === name);
    if (engine === undefined) throw fail('ENGINE_UNKNOWN', { name, known: engineNames });
    return engine;
  });
}
