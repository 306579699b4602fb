/** A search that proposes lists, is told of each whether it still does what it should, and ends with a smallest one. */
export type Shrinking<T> = Generator<readonly T[], readonly T[], boolean>;

/** The beginning of what matters is looked for so many items from its end, then twice as many, and so on. */
const firstGuess = 2;

/**
 * One run of items that suffices: its end by halving, then its beginning from there backwards in growing steps, since
 * what matters is short more often than not.
 * @param items suffice as a whole
 */
export function* findRun<T>(items: readonly T[]): Shrinking<T> {
  const end = yield* leastLength(0, items.length, (length) => items.slice(0, length));
  let [short, long] = [0, end];
  for (let length = firstGuess; length < end; length *= 2) {
    if (yield items.slice(end - length, end)) {
      long = length;
      break;
    }
    short = length;
  }
  const length = yield* leastLength(short, long, (tried) => items.slice(end - tried, end));
  return items.slice(end - length, end);
}

/** @param short a length that does not suffice  @param long one that does */
function* leastLength<T>(
  short: number,
  long: number,
  ofLength: (length: number) => readonly T[],
): Generator<readonly T[], number, boolean> {
  let [low, high] = [short, long];
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (yield ofLength(middle)) high = middle;
    else low = middle;
  }
  return high;
}

/**
 * Leaves out whatever can be left out, until no single item can: one by one, twice as many at a time as long as that
 * works. A list of which every item is needed costs one question an item.
 * @param items suffice as a whole
 */
export function* dropNeedless<T>(items: readonly T[]): Shrinking<T> {
  let kept = items;
  for (let isDone = false; !isDone; ) {
    const rest = yield* dropOnce(kept);
    isDone = rest.length === kept.length;
    kept = rest;
  }
  return kept;
}

function* dropOnce<T>(items: readonly T[]): Shrinking<T> {
  let kept = items;
  for (let at = 0, size = 1; at < kept.length; ) {
    const rest = [...kept.slice(0, at), ...kept.slice(at + size)];
    if (yield rest) {
      kept = rest;
      size *= 2;
    } else if (size > 1) size = Math.max(1, size >> 2);
    else at += 1;
  }
  return kept;
}
