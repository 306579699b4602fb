import type { StatementOutcome } from '../outcome.js';

/** What AWS does not say: which of these lists of texts is inspected. */
export type EitherTexts = readonly (readonly string[])[];

/** What a statement inspects: it matches where one of the texts does. */
export interface Texts {
  readonly sure: readonly string[];
  readonly either?: readonly EitherTexts[];
  /** AWS does not say whether these are inspected. */
  readonly maybe?: readonly string[];
  /** Why not all is sure. */
  readonly why?: string;
}

export const noTexts: Texts = { sure: [] };

/** Texts, or what the statement comes to whatever they are. */
export type Inspected = Texts | StatementOutcome;
