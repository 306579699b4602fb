/** The order of ids that are numbers or names: numbers first and ascending, then names. */
export function compareIds(a: number | string, b: number | string): number {
  if (typeof a === 'number') return typeof b === 'number' ? a - b : -1;
  return typeof b === 'number' ? 1 : a < b ? -1 : Number(a > b);
}

/** Each id once, in order. */
export function sortedIds<T extends number | string>(ids: Iterable<T>): readonly T[] {
  return [...new Set(ids)].sort(compareIds);
}
