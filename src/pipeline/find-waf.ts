import type { Waf } from '../contract/waf.js';
import { fail } from '../model/error.js';
import type { WafInfo, WafKind } from '../model/report.js';
import { builtInWafs } from './wafs.js';
import type { World } from './world.js';

/** The kinds of WAF that a job knows. */
export function wafsOf({ wafs = builtInWafs }: Pick<World, 'wafs'>): readonly [Waf, ...Waf[]] {
  return wafs;
}

/**
 * The WAF of a kind; the first where none is named.
 * @throws WafproofError `WAF_UNKNOWN`
 */
export function findWaf(kind: WafKind | undefined, world: Pick<World, 'wafs'>): Waf {
  const wafs = wafsOf(world);
  const found = kind === undefined ? wafs[0] : wafs.find((waf) => waf.kind === kind);
  if (found === undefined) throw fail('WAF_UNKNOWN', { kind: kind ?? '', known: wafs.map((waf) => waf.kind) });
  return found;
}

/** What is known of a WAF, with what people read of it. */
export function described(waf: Waf, info: WafInfo): WafInfo {
  return { ...info, name: waf.name, facts: waf.facts(info) };
}
