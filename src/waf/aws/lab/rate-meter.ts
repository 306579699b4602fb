import { RecentMap } from '../../../util/recent-map.js';
import { statementToApi } from '../acl/write-api.js';
import type { ExceedsRate, RateStatement } from '../evaluate/compile-statement.js';
import type { InspectedRequest } from '../evaluate/inspected-request.js';

/** So many addresses are counted by at once. */
const mostKeys = 10_000;
/** What a rule counts by where it does not count by address: one count for all. */
const everybody = '';

/** When requests came, the latest `limit + 1` of them: more need not be known. */
type Times = number[];

/**
 * Counts requests for rate rules in sliding windows, by address or all together. AWS looks every ten seconds or so; here
 * the first request above the limit is refused. Rules that count by keys of their own never act.
 * @param now milliseconds since 1970
 */
export function rateMeter(now: () => number = Date.now): ExceedsRate {
  const counts = new Map<string, RecentMap<Times>>();
  return (rate, request) => {
    const key = keyOf(rate, request);
    if (rate.limit === undefined || key === undefined) return false;
    const name = JSON.stringify(statementToApi(rate));
    const byKey = counts.get(name) ?? new RecentMap<Times>(mostKeys);
    counts.set(name, byKey);
    const times = byKey.get(key) ?? [];
    byKey.set(key, times);
    times.push(now());
    if (times.length > rate.limit + 1) times.shift();
    return isAbove(rate.limit, times, now() - rate.windowSeconds * 1000);
  };
}

/** The one that came `limit` requests before this one is still in the window. */
function isAbove(limit: number, times: Times, from: number): boolean {
  const first = times[times.length - limit - 1];
  return first !== undefined && first > from;
}

/** What a rule counts a request by; nothing where that is not known here. */
export function keyOf({ aggregate, forwarded }: RateStatement, request: InspectedRequest): string | undefined {
  switch (aggregate) {
    case 'IP':
      return request.facts.client.ip;
    case 'FORWARDED_IP':
      return forwarded && request.header(forwarded.header.toLowerCase())?.split(',', 1)[0]?.trim();
    case 'CONSTANT':
      return everybody;
    default:
      return undefined;
  }
}
