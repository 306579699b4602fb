import type { FieldNames } from '../../contract/field-names.js';
import type { RequestPart } from '../../minimize/minimize-request.js';
import { formatVariable, type RuleHit } from '../../model/evidence.js';
import type { Minimal } from '../../model/minimal.js';
import { requestFields } from '../../request/request-fields.js';
import type { ProbeEngine } from './probe-engine.js';
import {
  describePart,
  type HitInRequest,
  requestOf,
  type Searched,
  searchRequest,
  suspects,
} from './request-search.js';

/** What came of a target; a reason where there is no minimal. */
export type Minimized =
  | { readonly kind: 'minimal'; readonly minimal: Minimal }
  | { readonly kind: 'none'; readonly reason: 'not-reproduced' | 'flaky' | 'several-fields' | 'undecided' };

/** Whom a search asks: an engine with the rule, and one with all of them. */
export interface Engines {
  readonly small: ProbeEngine;
  readonly full: ProbeEngine;
}

/**
 * The smallest request with which the rule still fires on the same variable. The small engine does the searching, where
 * it does not lack what makes the rule fire; the full one has the last word.
 */
export async function minimizeHit(
  target: HitInRequest,
  { small, full }: Engines,
  names: FieldNames,
): Promise<Minimized> {
  const { hit } = target;
  const taken = requestFields(target.request);
  const searched = { taken, suspected: suspects(target, taken, names) };
  const quick = await search(hit, searched, { small, full });
  const found = quick.kind === 'found' ? quick : await search(hit, searched, { small: full, full });
  if (found.kind === 'given-up') return { kind: 'none', reason: found.reason };
  const probes = found === quick ? found.probes : quick.probes + found.probes;
  const minimal = describePart(found.smallest, hit, taken, names);
  if (minimal === undefined) return { kind: 'none', reason: 'several-fields' };
  return { kind: 'minimal', minimal: { ...minimal, probes, ...(!found.isComplete && { isIncomplete: true }) } };
}

function search(hit: RuleHit, searched: Omit<Searched, 'matched'>, { small, full }: Engines) {
  let { matched } = hit;
  const firing = async (asked: ProbeEngine, part: RequestPart) => {
    const hits = await asked.hits(requestOf(part, searched.taken));
    return hits.find((one) => isSame(one, hit));
  };
  return searchRequest(
    { ...searched, matched: () => matched },
    {
      oracle: async (part) => {
        const fired = await firing(small, part);
        matched = fired?.matched ?? matched;
        return fired !== undefined;
      },
      confirm: async (part) => (await firing(full, part)) !== undefined,
    },
  );
}

function isSame({ ruleId, variable, candidates = [] }: RuleHit, wanted: RuleHit): boolean {
  const name = formatVariable(wanted.variable);
  return ruleId === wanted.ruleId && [variable, ...candidates].some((one) => formatVariable(one) === name);
}
