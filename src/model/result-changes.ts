import type { CaseResult } from './report.js';

/** A case that came out in another way than before. */
export interface ChangedResult {
  readonly before: CaseResult;
  readonly after: CaseResult;
}

/** What is different after a change of suites or rules. A case stands in one list at most. */
export interface ResultChanges {
  /** Not as expected now: as expected before, or not there. */
  readonly broken: readonly CaseResult[];
  /** As expected now, and not before. */
  readonly mended: readonly CaseResult[];
  /** As expected or not, as before, but with another verdict, score or rule. */
  readonly other: readonly ChangedResult[];
  /** New, and as expected. */
  readonly added: readonly CaseResult[];
  readonly removed: readonly CaseResult[];
}
