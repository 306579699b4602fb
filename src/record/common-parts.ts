import { isDeepStrictEqual } from 'node:util';
import type { CaseDraft, DraftPair, DraftRequest } from './suite-draft.js';

/**
 * The headers with which all requests begin, so that the order stays as it is when they stand under `defaults`. None of
 * them occurs again in a request, where it would replace the default.
 */
export function commonHeaders(requests: readonly Pick<DraftRequest, 'headers'>[]): readonly DraftPair[] {
  const [first, ...others] = requests.map(({ headers }) => headers);
  if (first === undefined || others.length === 0) return [];
  const repeated = new Set([first, ...others].flatMap(repeatedNames));
  const end = first.findIndex(
    (pair, index) => repeated.has(lowerName(pair)) || !others.every((headers) => isSame(pair, headers[index])),
  );
  return end < 0 ? first : first.slice(0, end);
}

function repeatedNames(headers: readonly DraftPair[]): readonly string[] {
  const seen = new Set<string>();
  return headers.map(lowerName).filter((name) => seen.size === seen.add(name).size);
}

function lowerName([name]: DraftPair): string {
  return name.toLowerCase();
}

function isSame([name, value]: DraftPair, other: DraftPair | undefined): boolean {
  return other !== undefined && name === other[0] && isDeepStrictEqual(value, other[1]);
}

/** The tags that all cases have. */
export function commonTags(cases: readonly CaseDraft[]): readonly string[] {
  const [first, ...others] = cases;
  if (first === undefined || others.length === 0) return [];
  return first.tags.filter((tag) => others.every(({ tags }) => tags.includes(tag)));
}
