import type { Surroundings, WafSession } from '../../contract/waf.js';
import type { TargetOptions } from '../../model/target-options.js';
import { createAttributor } from './attribute.js';
import type { ModsecurityRecord } from './log-record.js';
import { createLogReader } from './logs/log-reader.js';
import { ModsecurityMerger } from './logs/record-merger.js';
import { ruleSets } from './rule-sets.js';

/**
 * The log of a target, in whatever format.
 * @throws WafproofError `LOG_MISSING`
 */
export async function open(
  { waf }: Pick<TargetOptions, 'waf'>,
  { openLog, engine }: Pick<Surroundings, 'openLog' | 'engine'>,
): Promise<WafSession<ModsecurityRecord>> {
  const source = await openLog(waf, (prefix) => createLogReader(prefix === undefined ? {} : { prefix }));
  return { source, merger: new ModsecurityMerger(), attribute: createAttributor(ruleSets(engine)) };
}
