import { createHash } from 'node:crypto';

/** Rules that Wafproof may number: enough that few endpoints want the same number. */
const rangeSize = 5000;

/**
 * Numbers for generated rules. Each follows from its key alone, unless another key has taken it, so that a rule keeps
 * its number when others come and go.
 */
export function assignRuleIds(keys: readonly string[], first: number): ReadonlyMap<string, number> {
  const ids = new Map<string, number>();
  const taken = new Set<number>();
  for (const key of [...keys].sort()) {
    let slot = createHash('sha256').update(key).digest().readUInt32BE() % rangeSize;
    while (taken.has(slot)) slot = (slot + 1) % rangeSize;
    taken.add(slot);
    ids.set(key, first + slot);
  }
  return ids;
}
