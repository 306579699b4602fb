import type { RuleId, Variable } from './evidence.js';
import type { FieldPath } from './field.js';
import type { RequestSpec } from './request.js';

/** A piece of an original value, and whether it is part of what makes the rule fire. `…` stands for what is left out. */
export interface ContextPiece {
  readonly text: string;
  readonly isTrigger: boolean;
}

/** The smallest part of a request with which a rule still fires. */
export interface Minimal {
  readonly ruleId: RuleId;
  /** The field that the value stands in, as the WAF calls it. */
  readonly variable: Variable;
  readonly field?: FieldPath;
  /** What is left of the value of that field: no word, tag or escape of it can be left out. */
  readonly value: string;
  /** Where it stands in the original value, in UTF-16 code units, each from its first to the one after its last. In order they are `value`. */
  readonly ranges: readonly (readonly [start: number, end: number])[];
  /** The same in a line of the original value, for people. */
  readonly context?: readonly ContextPiece[];
  /** The request with no more fields than it takes. */
  readonly request: RequestSpec;
  /** How many requests were evaluated to find it. */
  readonly probes: number;
  /** The search ended before it was certain that nothing more can be left out. */
  readonly isIncomplete?: true;
}
