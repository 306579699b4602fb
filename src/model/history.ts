import type { VerdictKind } from './case.js';

/** A run in numbers, as the history has it. */
export interface HistoricRun {
  /** ISO 8601, UTC. */
  readonly startedAt: string;
  readonly cases: number;
  readonly unexpected: number;
  readonly verdicts: Readonly<Partial<Record<VerdictKind, number>>>;
}

/**
 * How a finding comes and goes from run to run.
 * - `new`: seen in the last runs, and never before.
 * - `flaky`: it came and went again within the last runs.
 * - `gone`: seen in the last runs, and not in this one.
 * - `lasting`: seen all the time.
 */
export type TrendKind = 'new' | 'flaky' | 'gone' | 'lasting';

/** What the history tells of a finding, or of a case that has none and does not come out as expected. */
export interface FindingTrend {
  /** The id of the finding, or what `unexpectedId` makes of the case. */
  readonly id: string;
  /** What it is, for people. */
  readonly what: string;
  readonly kind: TrendKind;
  /** The begin of the run since which it is seen, or not seen, without a break. */
  readonly since: string;
  /** In how many of the runs it was seen. */
  readonly seen: number;
}

/** Earlier runs of the same cases against the same target, and this one. */
export interface HistoryOutcome {
  /** The file, as the user named it. */
  readonly file: string;
  /** This run last; at most the latest hundred. */
  readonly runs: readonly HistoricRun[];
  /** Those that are not lasting first. */
  readonly findings: readonly FindingTrend[];
}
