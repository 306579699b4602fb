import type { VerdictKind } from './case.js';
import type { RuleId } from './evidence.js';
import type { TargetInfo } from './report.js';

/** Which run is compared. */
export interface ComparedRun {
  readonly target: TargetInfo;
  /** ISO 8601, UTC. */
  readonly startedAt: string;
}

/** A case that comes out in another way than before. */
export interface ChangedCase {
  readonly id: string;
  readonly verdict: { readonly before: VerdictKind; readonly after: VerdictKind };
  /** The inbound scores, as far as they are known. */
  readonly score?: { readonly before?: number; readonly after?: number };
  /** Rules that match now, and did not. */
  readonly appeared: readonly RuleId[];
  /** Rules that matched, and do not now. */
  readonly gone: readonly RuleId[];
}

/** In how many blocked cases, attacks among them, a rule matched. */
export interface RuleChange {
  readonly ruleId: RuleId;
  readonly before: number;
  readonly after: number;
}

/** Two runs of the same cases, side by side. Each case is in one list at most. */
export interface ReportComparison {
  readonly before: ComparedRun;
  readonly after: ComparedRun;
  /** How many cases both runs have. */
  readonly compared: number;
  /** Legitimate cases that passed, and are blocked. */
  readonly newlyBlocked: readonly ChangedCase[];
  /** Legitimate cases that were blocked, and pass. */
  readonly newlyPassing: readonly ChangedCase[];
  /** Attacks that were blocked, and pass. */
  readonly newlyMissed: readonly ChangedCase[];
  /** Attacks that passed, and are blocked. */
  readonly newlyDetected: readonly ChangedCase[];
  /** Any other difference of verdicts. */
  readonly otherVerdicts: readonly ChangedCase[];
  /** The verdict is the same, and other rules match. */
  readonly changedRules: readonly ChangedCase[];
  /** Verdict and rules are the same, and the score is not. */
  readonly changedScores: readonly ChangedCase[];
  /** Rules that match in more or fewer of the blocked cases, the largest difference first. */
  readonly rules: readonly RuleChange[];
  /** Cases that only one of them has. */
  readonly onlyBefore: readonly string[];
  readonly onlyAfter: readonly string[];
}
