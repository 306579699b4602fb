import { createHash } from 'node:crypto';
import type { Numbering } from '../../../model/draft.js';

/** Rules that Wafproof may number: enough that few endpoints want the same number. */
const rangeSize = 5000;

/**
 * Numbers of other rules, in ascending order: the recommended configuration of ModSecurity, the Core Rule Set, the
 * exclusions that come with version 3 of it, and the rules by which Wafproof reads logs. Two rules with one number stop
 * Apache and nginx.
 */
const taken: readonly (readonly [first: number, last: number])[] = [
  [200_000, 200_999],
  [900_000, 999_999],
  [9_000_000, 9_099_999],
  [9_900_000, 9_900_099],
];

/** The first number from the wanted one on with a range behind it in which no rule is numbered yet. */
export function freeFirstId(wanted: number, used: readonly number[]): number {
  const inTheWay = used.filter((id) => id >= wanted && id < wanted + rangeSize);
  if (inTheWay.length === 0) return wanted;
  return freeFirstId((Math.floor(Math.max(...inTheWay) / 1000) + 1) * 1000, used);
}

/**
 * Which numbers generated rules may have. Each follows from its key alone, unless another key has taken it, so that a rule
 * keeps its number when others come and go.
 */
export function numberingOf(keys: Iterable<string>, first: number): Numbering {
  const different = [...new Set(keys)].sort();
  return { first, range: rangeSize, taken, hashes: different.map((key) => [key, hashOf(key)]) };
}

function hashOf(key: string): number {
  return createHash('sha256').update(key).digest().readUInt32BE();
}
