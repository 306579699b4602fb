import type { TargetInfo } from './report.js';

/** How a check of the doctor's came out. */
export type CheckStatus =
  | 'ok'
  /** Verdicts can be given; something is worth knowing or could not be found out. */
  | 'warning'
  | 'failed'
  /** Not looked at, because an earlier check failed or nothing was given to look at. */
  | 'skipped';

/** One thing that was looked at before a run. Plain JSON. */
export interface DoctorCheck {
  /** Stable, such as `log-entry`. */
  readonly id: string;
  readonly title: string;
  readonly status: CheckStatus;
  /** What was seen. */
  readonly detail: string;
  /** What to do about it. */
  readonly fix?: string;
}

/** All that the pre-flight of a target found. Plain JSON. */
export interface Diagnosis {
  readonly target: TargetInfo;
  /** In the order in which they depend on one another. */
  readonly checks: readonly DoctorCheck[];
}
