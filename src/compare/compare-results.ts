import type { CaseResult } from '../model/report.js';

/** How the same cases came out before and after a change. */
export interface Comparison {
  /** Blocked before, pass now. */
  readonly cleared: readonly string[];
  /** Blocked before, and not known to pass now. */
  readonly stillBlocked: readonly string[];
  /** Passed before, and not known to pass now. */
  readonly newlyBlocked: readonly string[];
  /** Nobody can say how they come out now; absent where there are none. */
  readonly undecided?: readonly string[];
}

type Compared = Pick<CaseResult, 'id' | 'verdict'>;

/** What is not known to pass counts as blocked: a lost answer proves nothing. */
export function compareResults(before: readonly Compared[], after: readonly Compared[]): Comparison {
  const was = new Map(before.map(({ id, verdict }) => [id, verdict.kind]));
  const changed = (kind: Compared['verdict']['kind'], passes: boolean) =>
    after
      .filter(({ id, verdict }) => was.get(id) === kind && (verdict.kind === 'let-through') === passes)
      .map(({ id }) => id);
  const undecided = after.filter(({ verdict }) => verdict.kind === 'inconclusive').map(({ id }) => id);
  return {
    cleared: changed('false-positive', true),
    stillBlocked: changed('false-positive', false),
    newlyBlocked: changed('let-through', false),
    ...(undecided.length > 0 && { undecided }),
  };
}
