/** A line, or a part of one, that stood in a line of a wrapper. */
export interface InnerLine {
  /** Which of the streams that share the wrapper it is of: a container, a pod, a host with a program. */
  readonly origin: string;
  /** Without its line feed. */
  readonly bytes: Uint8Array;
  /** More of the same line follows: whoever wrapped it cut it. */
  readonly isPart: boolean;
  /** When it was written, ISO 8601, as far as the wrapper tells. */
  at(): string | undefined;
}

/** What stood in one line of a wrapper. */
export interface Unwrapped {
  /** Whose lines these are, in words for people: `lines of the docker json-file driver`. */
  readonly wrapper: string;
  readonly lines: readonly InnerLine[];
}

/**
 * A way in which collectors of logs wrap lines of others.
 * - `sure`: its lines cannot be mistaken for others.
 * - `unsure`: they can. What is inside must be recognised, and a line that is recognised as it stands is not unwrapped.
 */
export interface Wrapper {
  readonly certainty: 'sure' | 'unsure';
  /** What stands in a line, from `start` up to `end`; nothing where it is no line of the wrapper. Their bytes may be of the same memory. */
  unwrap(bytes: Buffer, start: number, end: number): Unwrapped | undefined;
}
