import type { Numbering } from './draft.js';

/** A number for each key that follows from the key alone, unless another key has taken it. */
export function numberKeys(keys: Iterable<string>, numbering: Numbering): ReadonlyMap<string, number> {
  const hashes = new Map(numbering.hashes);
  const different = [...new Set(keys)].sort();
  const size = Math.max(numbering.range, 2 * different.length);
  const numbers = new Map<string, number>();
  const used = new Set<number>();
  for (const key of different) {
    let slot = (hashes.get(key) ?? 0) % size;
    while (used.has(slot)) slot = (slot + 1) % size;
    used.add(slot);
    numbers.set(key, numberOf(slot, numbering));
  }
  return numbers;
}

/** The number of a slot, counted from the first without those that are taken. */
function numberOf(slot: number, { first, taken }: Numbering): number {
  let number = first + slot;
  for (const [from, to] of taken) if (first <= to && number >= from) number += to - Math.max(from, first) + 1;
  return number;
}
