import type { CheckOutcome } from '../../../contract/check.js';
import { formatProblem, type Problem } from '../../../model/error.js';

export const fine = (detail: string): CheckOutcome => ({ status: 'ok', detail });
export const doubtful = (detail: string, fix: string): CheckOutcome => ({ status: 'warning', detail, fix });
export const broken = (detail: string, fix: string): CheckOutcome => ({ status: 'failed', detail, fix });

/** What AWS did not tell, with the cure that its message has. */
export function notTold(problem: Problem): CheckOutcome {
  return { status: 'warning', detail: `AWS did not tell: ${formatProblem(problem)}` };
}

/** The web ACL itself is not known, so that there is nothing to look at. */
export const unknownAcl: CheckOutcome = { status: 'skipped', detail: 'the web ACL could not be read' };
