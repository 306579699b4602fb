import { groupBy } from '../util/group-by.js';
import type { PairPlan, RequestPlan } from './request-plan.js';

/** A request over the defaults: what it says itself wins, name by name for headers, query and cookies. */
export function mergeRequests(defaults: RequestPlan, own: RequestPlan): RequestPlan {
  return {
    method: own.method ?? defaults.method,
    path: own.path ?? defaults.path,
    query: mergePairs(defaults.query, own.query, (name) => name),
    headers: mergePairs(defaults.headers, own.headers, (name) => name.toLowerCase()),
    cookies: mergePairs(defaults.cookies, own.cookies, (name) => name),
    body: own.body.kind === 'none' ? defaults.body : own.body,
  };
}

/** Own pairs stand where the default of that name stood, the others after the defaults. */
function mergePairs(
  defaults: readonly PairPlan[],
  own: readonly PairPlan[],
  same: (name: string) => string,
): readonly PairPlan[] {
  if (own.length === 0) return defaults;
  if (defaults.length === 0) return own;
  const groups = groupBy(own, ({ name }) => same(name));
  const placed = new Set<string>();
  const merged = defaults.flatMap((pair) => {
    const name = same(pair.name);
    if (placed.has(name)) return [];
    const group = groups.get(name);
    if (group === undefined) return [pair];
    placed.add(name);
    return group;
  });
  return [...merged, ...own.filter(({ name }) => !placed.has(same(name)))];
}
