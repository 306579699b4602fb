import type { ByteSet } from './byte-set.js';

/**
 * A place in the text, whatever byte is there.
 * - `end`: the end, or before a line feed that is the last byte (`$` without flags).
 * - `line-start`, `line-end`: with the flag `m`.
 */
export type Assertion = 'start' | 'end' | 'very-end' | 'line-start' | 'line-end' | 'word-edge' | 'no-word-edge';

/** A regular expression without anything that needs backtracking. */
export type Pattern =
  | { readonly kind: 'bytes'; readonly set: ByteSet }
  | { readonly kind: 'assertion'; readonly assertion: Assertion }
  | { readonly kind: 'sequence' | 'choice'; readonly parts: readonly Pattern[] }
  | { readonly kind: 'repeat'; readonly part: Pattern; readonly least: number; readonly most: number };

/** Why a pattern is not evaluated. */
export class UnsupportedPattern extends Error {}
