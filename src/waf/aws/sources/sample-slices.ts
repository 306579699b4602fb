import type { JsonObject } from '../api/json-object.js';

/** From one second to another, since 1970; both belong to it. */
export interface Slice {
  readonly from: number;
  readonly to: number;
}

/** A sample of the requests of a slice. */
export interface Sample {
  readonly items: readonly JsonObject[];
  /** How many requests there were, of which the sample is. */
  readonly population: number;
}

/** Of a slice AWS gave fewer requests than there were. */
export interface Shortfall extends Slice {
  readonly given: number;
  readonly population: number;
}

/** What was sampled of a window. */
export interface Sampled {
  readonly items: readonly JsonObject[];
  readonly shortfalls: readonly Shortfall[];
}

/** So many items an answer has at most (API reference, GetSampledRequests). */
export const mostItems = 500;
/** So many calls at most for one window, at five a second. */
const mostCalls = 40;

/**
 * Samples a window in slices so short that no more requests are in one than an answer can hold: a slice with more is asked
 * for again in two halves. What AWS keeps no more of than it gave stays short of the rest, and so does a second that is full.
 * @param slices where to begin, such as the slices that were short enough before
 */
export async function sampleSlices(slices: readonly Slice[], ask: (slice: Slice) => Promise<Sample>): Promise<Sampled> {
  const items: JsonObject[] = [];
  const shortfalls: Shortfall[] = [];
  const left = slices.toReversed();
  for (let calls = 1, slice = left.pop(); slice !== undefined; calls++, slice = left.pop()) {
    const sample = await ask(slice);
    items.push(...sample.items);
    if (sample.population <= sample.items.length) continue;
    const isWorthIt = sample.population > mostItems && slice.to - slice.from > 1 && calls + left.length < mostCalls;
    if (isWorthIt) left.push(...halvesOf(slice).toReversed());
    else shortfalls.push({ ...slice, given: sample.items.length, population: sample.population });
  }
  return { items, shortfalls };
}

function halvesOf({ from, to }: Slice): readonly Slice[] {
  const middle = Math.floor((from + to) / 2);
  return [
    { from, to: middle },
    { from: middle, to },
  ];
}

/** A window cut into so many slices at most, each of whole seconds. */
export function cut({ from, to }: Slice, count: number): readonly Slice[] {
  const length = Math.max(1, Math.ceil((to - from) / Math.max(1, count)));
  const starts = Array.from(
    { length: Math.max(1, Math.ceil((to - from) / length)) },
    (_, index) => from + index * length,
  );
  return starts.map((start) => ({ from: start, to: Math.min(to, start + length) }));
}
