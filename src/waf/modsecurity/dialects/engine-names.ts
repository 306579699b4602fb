import { formatVariable, type Variable } from '../../../model/evidence.js';
import type { ExclusionChange } from '../../../model/exclusion.js';
import { jsonName, pathOfName } from '../json-names.js';
import { elementsOf } from '../name-families.js';
import type { EngineName } from './rule-dialect.js';

/** The variables that an exclusion takes away, under the names that each of the engines gives them; none twice. */
export function namesFor(exclusion: ExclusionChange, engines: readonly EngineName[]): readonly Variable[] {
  if (exclusion.effect !== 'remove-target') return [];
  const { variable, elements = 1, json } = exclusion;
  const named = elementsOf(variable, elements);
  const names = engines.flatMap((engine) => named.map((one) => (json ? spelled(one, engine) : one)));
  return [...new Map(names.map((one) => [formatVariable(one), one])).values()];
}

/** How an engine calls an argument from JSON that libmodsecurity 3 calls `json.items.array_0.note`. */
function spelled(variable: Variable, engine: EngineName): Variable {
  const path = engine === 'modsecurity3' ? undefined : pathOfName(variable.key ?? '');
  return path === undefined ? variable : { ...variable, key: jsonName(path, engine) };
}
