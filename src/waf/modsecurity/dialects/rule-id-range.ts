import { createHash } from 'node:crypto';

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
 * Numbers for generated rules. Each follows from its key alone, unless another key has taken it, so that a rule keeps
 * its number when others come and go.
 */
export function assignRuleIds(keys: readonly string[], first: number): ReadonlyMap<string, number> {
  const different = [...new Set(keys)].sort();
  const size = Math.max(rangeSize, 2 * different.length);
  const ids = new Map<string, number>();
  const used = new Set<number>();
  for (const key of different) {
    let slot = createHash('sha256').update(key).digest().readUInt32BE() % size;
    while (used.has(slot)) slot = (slot + 1) % size;
    used.add(slot);
    ids.set(key, numberOf(slot, first));
  }
  return ids;
}

/** The number of a slot, counted from the first without those that are taken. */
function numberOf(slot: number, first: number): number {
  let id = first + slot;
  for (const [from, to] of taken) if (first <= to && id >= from) id += to - Math.max(from, first) + 1;
  return id;
}
