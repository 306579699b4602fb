import { pathOf } from '../model/endpoint.js';
import type { Exclusion } from '../model/exclusion.js';
import { isTemplate, matchesPath } from '../model/path-template.js';
import type { RequestSpec } from '../model/request.js';
import { groupBy } from '../util/group-by.js';

type Reached = (request: Pick<RequestSpec, 'method' | 'path'>) => readonly Exclusion[];

/**
 * Of a set of exclusions, those that may act on a request: all others leave it as it is. An engine may decode a path
 * before it compares it, so paths that are spelled differently count as the same here.
 */
export function reaching(exclusions: readonly Exclusion[]): Reached {
  const isPlain = ({ scope: { path } }: Exclusion) => path !== undefined && !isTemplate(path);
  const plain = groupBy(exclusions.filter(isPlain), ({ scope }) => decoded(scope.path ?? ''));
  const others = exclusions.filter((one) => !isPlain(one));
  const order = new Map(exclusions.map((one, index) => [one, index]));
  const known = new Map<string, readonly Exclusion[]>();
  return ({ method, path }) => {
    const own = pathOf({ path });
    const key = JSON.stringify([method, own]);
    const found =
      known.get(key) ??
      [...(plain.get(decoded(own)) ?? []), ...others.filter((one) => mayMatch(one, own))]
        .filter(({ scope }) => scope.method === undefined || scope.method === method)
        .sort((a, b) => (order.get(a) ?? 0) - (order.get(b) ?? 0));
    known.set(key, found);
    return found;
  };
}

function mayMatch({ scope: { path } }: Exclusion, own: string): boolean {
  return path === undefined || matchesPath(path, own) || matchesPath(decoded(path), decoded(own));
}

function decoded(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}
