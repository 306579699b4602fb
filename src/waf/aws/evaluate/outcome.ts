/** A statement that could not be decided, and why. */
export interface Undecided {
  /** What it asks, such as `SQL injection in the body`; for a group its name, such as `AWS#AWSManagedRulesCommonRuleSet`. */
  readonly statement: string;
  /** The end of a sentence such as "is not decided: AWS does not publish how it detects SQL injection". */
  readonly why: string;
  /** It depends on what was sent before, and not on the request: a rate. */
  readonly isEnvironment?: true;
}

/**
 * What a statement says of a request.
 * - `not-applied`: the header that holds the forwarded address is absent, so that the rule is passed over. A NOT around it
 *   does not turn that into a match.
 */
export type StatementOutcome =
  | { readonly kind: 'match' }
  | { readonly kind: 'no-match' }
  | { readonly kind: 'not-applied' }
  | { readonly kind: 'unknown'; readonly undecided: Undecided };

export const match: StatementOutcome = { kind: 'match' };
export const doesNotMatch: StatementOutcome = { kind: 'no-match' };
export const notApplied: StatementOutcome = { kind: 'not-applied' };

export function unknown(statement: string, why: string): StatementOutcome {
  return { kind: 'unknown', undecided: { statement, why } };
}

export function decided(holds: boolean): StatementOutcome {
  return holds ? match : doesNotMatch;
}

/** Kleene's NOT. */
export function not(outcome: StatementOutcome): StatementOutcome {
  switch (outcome.kind) {
    case 'match':
      return doesNotMatch;
    case 'no-match':
      return match;
    case 'not-applied':
    case 'unknown':
      return outcome;
  }
}

/** Kleene's AND; a part that is not applied takes the whole along. */
export function and(one: StatementOutcome, other: StatementOutcome): StatementOutcome {
  return joined(one, other, 'no-match');
}

/** Kleene's OR; a part that is not applied takes the whole along. */
export function or(one: StatementOutcome, other: StatementOutcome): StatementOutcome {
  return joined(one, other, 'match');
}

function joined(one: StatementOutcome, other: StatementOutcome, decisive: 'match' | 'no-match'): StatementOutcome {
  if (one.kind === 'not-applied' || other.kind === 'not-applied') return notApplied;
  if (one.kind === decisive) return one;
  if (other.kind === decisive) return other;
  return one.kind === 'unknown' ? one : other;
}
