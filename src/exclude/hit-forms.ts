import type { Form } from '../contract/prover.js';
import type { RuleHit } from '../model/evidence.js';

/** The forms that an exclusion for one hit can have, and which of them is in force. */
export interface HitForms {
  readonly hit: RuleHit;
  /** From narrow to wide. */
  readonly forms: readonly Form[];
  /** The place of the one in force; none is from the length of `forms` on. */
  readonly at: number;
  /** Why each narrower form was left. */
  readonly left: readonly LeftForm[];
}

/** Why a form was left: it cannot be told, or was tried and did not help. */
export interface LeftForm {
  readonly outcome: 'impossible' | 'insufficient';
  readonly reason: string;
}

/** The form in force. */
export function formOf({ forms, at }: HitForms): Form | undefined {
  return forms[at];
}
