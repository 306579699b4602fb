import type { TestRun } from './runner-result.js';

/** Tests of which is known how long each took, in milliseconds, and that one came after the other. */
export interface TestRow {
  readonly tests: readonly { readonly name: string; readonly file: string; readonly ms: number }[];
  /** When the first one began, or what comes before it. */
  readonly start: number;
  /** How coarse that is. */
  readonly coarse: number;
  /** When the last one was over, or later. */
  readonly end: number;
}

/** Rounding of a duration. */
const roundingMs = 1;

/**
 * When each of them ran: what the row took beyond its tests may have been before any of them. Nothing where they took longer
 * than the row, as tests do that run side by side.
 */
export function runsInARow({ tests, start, coarse, end }: TestRow): readonly TestRun[] | undefined {
  const rounding = roundingMs * tests.length;
  const spare = end - start - tests.reduce((sum, { ms }) => sum + ms, 0);
  if (spare < -(rounding + coarse)) return undefined;
  const late = Math.max(spare, coarse, 0) + rounding;
  let before = 0;
  return tests.map(({ name, file, ms }) => {
    const earliest = start + before - rounding;
    before += ms;
    return { name, file, earliest, latest: start + before + late };
  });
}
