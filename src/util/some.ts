/** Whether one of the items is so; reads no further than the first that is. */
export function some<T>(items: Iterable<T>, isSo: (item: T) => boolean): boolean {
  for (const item of items) if (isSo(item)) return true;
  return false;
}
