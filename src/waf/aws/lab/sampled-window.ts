import type { JsonObject } from '../api/json-object.js';
import { type ApiAnswer, done } from './api-answer.js';

/** A request of which a sample may tell. */
export interface SampledItem {
  /** When it was received, in milliseconds since 1970. */
  readonly at: number;
  /** A member of `SampledRequests` without `Timestamp` and `Weight`. */
  readonly item: JsonObject;
}

const threeHoursMs = 3 * 60 * 60_000;
/** Only the first so many requests of a window are looked at (API reference, GetSampledRequests). */
const mostPopulation = 5000;

export interface SampleQuestion {
  readonly items: readonly SampledItem[];
  /** In seconds since 1970. */
  readonly start: number;
  readonly end: number;
  readonly maxItems: number;
  readonly now: number;
}

/** The sample of a window: none older than three hours, at most so many of the first 5,000. */
export function sampleOf({ items, start, end, maxItems, now }: SampleQuestion): ApiAnswer {
  const from = Math.max(start * 1000, now - threeHoursMs);
  const inWindow = items.filter(({ at }) => at >= from && at <= end * 1000).toSorted((a, b) => a.at - b.at);
  const population = inWindow.slice(0, mostPopulation);
  const last = population.at(-1);
  const until = inWindow.length > mostPopulation && last !== undefined ? last.at : end * 1000;
  const sample = evenly(population, maxItems);
  return done({
    SampledRequests: sample.map(({ at, item }) => ({
      ...item,
      Weight: weight(population, sample),
      Timestamp: at / 1000,
    })),
    PopulationSize: population.length,
    TimeWindow: { StartTime: from / 1000, EndTime: until / 1000 },
  });
}

/** So many of them at most, from all over the list. */
function evenly<T>(items: readonly T[], most: number): readonly T[] {
  const step = Math.max(1, items.length / most);
  return items.filter((_, index) => Math.floor(index / step) !== Math.floor((index - 1) / step)).slice(0, most);
}

function weight(population: readonly unknown[], sample: readonly unknown[]): number {
  return Math.max(1, Math.round(population.length / sample.length));
}
