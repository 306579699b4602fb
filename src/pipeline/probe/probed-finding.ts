import type { CaseResult, Finding } from '../../model/report.js';
import type { Confirmation } from './confirm-by-log.js';
import type { Probed } from './probe-hit.js';

/** A finding that has been probed. */
export interface ProbedFinding {
  readonly finding: Finding;
  readonly result: CaseResult;
  readonly probed: Probed;
  readonly confirmation: Confirmation | undefined;
}
