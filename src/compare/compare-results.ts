import type { CaseResult } from '../model/report.js';

/** How the same cases came out before and after a change. */
export interface Comparison {
  /** Blocked before, pass now. */
  readonly cleared: readonly string[];
  /** Blocked before and still. */
  readonly stillBlocked: readonly string[];
  /** Passed before, blocked now. */
  readonly newlyBlocked: readonly string[];
}

export function compareResults(before: readonly CaseResult[], after: readonly CaseResult[]): Comparison {
  const was = new Map(before.map(({ id, verdict }) => [id, verdict.kind === 'false-positive']));
  const changed = (blockedBefore: boolean, blockedNow: boolean) =>
    after
      .filter(({ id, verdict }) => was.get(id) === blockedBefore && (verdict.kind === 'false-positive') === blockedNow)
      .map(({ id }) => id);
  return { cleared: changed(true, false), stillBlocked: changed(true, true), newlyBlocked: changed(false, true) };
}
