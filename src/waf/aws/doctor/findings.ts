import type { CheckOutcome } from '../../../contract/check.js';
import { formatProblem, type Problem } from '../../../model/error.js';
import type { AwsFacts } from './aws-facts.js';

export const fine = (detail: string): CheckOutcome => ({ status: 'ok', detail });
export const doubtful = (detail: string, fix: string): CheckOutcome => ({ status: 'warning', detail, fix });
export const broken = (detail: string, fix: string): CheckOutcome => ({ status: 'failed', detail, fix });

/** What AWS did not tell, with the cure that its message has; nothing new where the web ACL was not told for the same reason. */
export function notTold(problem: Problem, acl: AwsFacts['acl']): CheckOutcome {
  if ('problem' in acl && acl.problem === problem) return unknownAcl;
  return { status: 'warning', detail: `AWS did not tell: ${formatProblem(problem)}` };
}

/** The web ACL itself is not known, so that there is nothing to look at. */
export const unknownAcl: CheckOutcome = { status: 'skipped', detail: 'the web ACL could not be read' };
