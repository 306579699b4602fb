import type { Form, Possibilities } from '../contract/prover.js';
import type { SearchResult } from '../exclude/search-exclusions.js';
import type { ExclusionChange, ExclusionScope } from '../model/exclusion.js';
import type { CaseResult } from '../model/report.js';
import type { SearchSettings } from './find-exclusions.js';

/** A search, and the cases that it must not harm. */
export interface HarmlessSearch extends Omit<SearchSettings, 'possible'> {
  /** All legitimate cases, with the hits that they have when nothing is excluded. */
  readonly cases: readonly CaseResult[];
  search(possible: Possibilities): Promise<SearchResult>;
}

/**
 * Searches again without what harms others: how a body is read is said for each request of an endpoint, and one that is
 * something else may be refused for it.
 */
export async function findWithoutHarm(possible: Possibilities, settings: HarmlessSearch): Promise<SearchResult> {
  const forbidden = new Set<string>();
  for (;;) {
    const found = await settings.search(without(forbidden, possible));
    const harmful = await harmfulReadings(found, settings);
    if (harmful.length === 0) return found;
    for (const key of harmful) forbidden.add(key);
  }
}

function without(forbidden: ReadonlySet<string>, possible: Possibilities): Possibilities {
  if (forbidden.size === 0) return possible;
  const isAllowed = ({ changes, scope }: Form) => changes.every((change) => !forbidden.has(keyOf(change, scope) ?? ''));
  return { ...possible, forms: (hit, place) => possible.forms(hit, place).filter(isAllowed) };
}

/** Nothing for changes that no request notices whose hits they do not concern. */
function keyOf(change: ExclusionChange, { method = '', path = '' }: ExclusionScope): string | undefined {
  return change.effect === 'read-body-as' ? `${change.reading} ${method} ${path}` : undefined;
}

/** The readings under which a case at the same endpoint has a hit of a rule that left it alone before. */
async function harmfulReadings(found: SearchResult, { cases, endpointOf, ask }: HarmlessSearch) {
  const readings = found.exclusions.filter(({ effect }) => effect === 'read-body-as');
  const isAt = ({ method, path }: ExclusionScope, { request }: CaseResult) => {
    const endpoint = endpointOf(request);
    return (method ?? endpoint.method) === endpoint.method && (path ?? endpoint.path) === endpoint.path;
  };
  const concerned = cases.filter((one) => readings.some(({ scope }) => isAt(scope, one)));
  const before = new Map(cases.map(({ id, hits }) => [id, new Set(hits.map(({ ruleId }) => ruleId))]));
  const after = readings.length === 0 ? [] : await ask(found.exclusions, concerned);
  const harmed = after.filter(({ id, hits }) => hits.some(({ ruleId }) => before.get(id)?.has(ruleId) !== true));
  return readings
    .filter(({ scope }) => harmed.some((one) => isAt(scope, one)))
    .flatMap((exclusion) => keyOf(exclusion, exclusion.scope) ?? []);
}
