/** The middle of some numbers: undisturbed by single rounds in which the machine was busy. */
function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const upper = sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
  const lower = sorted[Math.ceil(sorted.length / 2) - 1] ?? Number.NaN;
  return (upper + lower) / 2;
}

/** Something that is measured once a round. */
export interface Contestant<R> {
  readonly name: string;
  measure(): Promise<R>;
}

/**
 * Measures all contestants in each of the rounds, in turn from both ends, so that a machine that slows down treats them
 * alike.
 * @param limitSeconds no round begins later than that, however many are left
 * @returns for each name its results, one a round
 */
export async function interleave<R>(
  rounds: number,
  contestants: readonly Contestant<R>[],
  limitSeconds = Number.POSITIVE_INFINITY,
): Promise<ReadonlyMap<string, readonly R[]>> {
  const results = new Map<string, R[]>(contestants.map(({ name }) => [name, []]));
  const end = performance.now() + limitSeconds * 1000;
  for (let round = 0; round < rounds && (round === 0 || performance.now() < end); round++) {
    for (const { name, measure } of round % 2 === 0 ? contestants : [...contestants].reverse())
      results.get(name)?.push(await measure());
  }
  return results;
}

/** The median over the rounds of one figure in ratio to that of another contestant in the same round. */
export function ratio<R>(over: readonly R[], under: readonly R[], figure: (result: R) => number): number {
  return median(
    over.flatMap((result, round) => {
      const base = under[round];
      return base === undefined ? [] : [figure(result) / figure(base)];
    }),
  );
}

export function medianOf<R>(results: readonly R[], figure: (result: R) => number): number {
  return median(results.map(figure));
}
