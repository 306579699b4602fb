import type { Expectation, Intent } from '../model/case.js';
import type { Verdict } from '../model/verdict.js';

/** What came out of a case. `status` is absent where no application answered. */
export interface CameOut {
  readonly verdict: Verdict;
  readonly status: number | undefined;
}

/** Whether a case came out as its author means it: as `expect` says, else as its intent says. */
export function isAsExpected(intent: Intent, expect: Expectation, { verdict, status }: CameOut): boolean {
  const wanted = expect.verdict ?? (intent === 'attack' ? 'attack-blocked' : 'let-through');
  const rightStatus = expect.status === undefined || status === undefined || expect.status === status;
  return verdict.kind === wanted && rightStatus;
}
