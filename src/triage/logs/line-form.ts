import type { LogKind } from '../log-line.js';

/** How lines of one kind look. */
export type LineForm = TextForm | JsonForm;

/** Lines of text: the named groups of the pattern are the fields. Each pattern begins at the start and takes linear time. */
export interface TextForm {
  readonly kind: LogKind;
  readonly pattern: RegExp;
}

/** Lines that are one JSON object each. */
export interface JsonForm {
  readonly kind: LogKind;
  /** Paths that are all there in such a line, and in no other. */
  readonly has: readonly string[];
  /** The path of each field. */
  readonly fields: Readonly<Record<string, string>>;
}
