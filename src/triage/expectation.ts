import type { Expectation, Intent } from '../model/case.js';
import type { Verdict } from '../model/verdict.js';

/** What came out of a case. `status` is absent where no application answered. */
export interface CameOut {
  readonly verdict: Verdict;
  readonly status: number | undefined;
}

/**
 * Whether a case came out as its author means it: as `expect` says, else as its intent says. Where the author expects a
 * status of the application, another layer than the WAF may refuse a legitimate case with just that.
 */
export function isAsExpected(intent: Intent, expect: Expectation, { verdict, status }: CameOut): boolean {
  const wanted = expect.verdict ?? (intent === 'attack' ? 'attack-blocked' : 'let-through');
  const rightStatus = expect.status === undefined || status === undefined || expect.status === status;
  const isForeseen = expect.verdict === undefined && expect.status !== undefined && expect.status === status;
  const isRight =
    verdict.kind === wanted || (isForeseen && wanted === 'let-through' && verdict.kind === 'denied-elsewhere');
  return isRight && rightStatus;
}
