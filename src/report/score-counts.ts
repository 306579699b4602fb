import type { VerdictKind } from '../model/case.js';
import type { CaseResult } from '../model/report.js';

/** How many cases came out with an anomaly score, by verdict. */
export type CountsByVerdict = Readonly<Partial<Record<VerdictKind, number>>>;

/** The anomaly scores of a report. */
export interface ScoreCounts {
  /** Empty where the WAF gives no scores. */
  readonly byScore: ReadonlyMap<number, CountsByVerdict>;
  /** From which score on requests were refused, and in how many cases; the most frequent first. */
  readonly thresholds: readonly (readonly [threshold: number, cases: number])[];
}

/** Counts scores, result by result. */
export class ScoreCounter {
  readonly #byScore = new Map<number, Partial<Record<VerdictKind, number>>>();
  readonly #thresholds = new Map<number, number>();

  add({ score, verdict: { kind } }: CaseResult): void {
    if (score === undefined || !Number.isFinite(score.inbound)) return;
    const counts = this.#byScore.get(score.inbound) ?? {};
    counts[kind] = (counts[kind] ?? 0) + 1;
    this.#byScore.set(score.inbound, counts);
    this.#thresholds.set(score.threshold, (this.#thresholds.get(score.threshold) ?? 0) + 1);
  }

  counts(): ScoreCounts {
    return { byScore: this.#byScore, thresholds: [...this.#thresholds].sort((a, b) => b[1] - a[1]) };
  }
}
