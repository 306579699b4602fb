import type { SuiteDraft } from './suite-draft.js';

/** Something that a suite cannot express, and why. */
export interface LeftOut {
  readonly name: string;
  readonly reason: string;
}

/** A value that is not in the suite: a secret for the environment (`!env`), or one that a session brings (`!session`). */
export interface NeededValue {
  readonly kind: 'env' | 'session';
  readonly name: string;
  /** Where it stood, such as `the field "password" of POST /login`. */
  readonly of: string;
}

/** What was made of a file or folder. */
export interface Imported {
  readonly suites: readonly SuiteDraft[];
  /** Requests that were found, those left out among them. */
  readonly found: number;
  readonly leftOut: readonly LeftOut[];
  /** What is sent in another way than its source says, a sentence each. */
  readonly notes: readonly string[];
  /** Values to be set before the cases can be sent; absent: none. */
  readonly needed?: readonly NeededValue[];
}

/** A kind of file that can be turned into suites. */
export interface ImportFormat {
  /** What it is, for help. */
  readonly summary: string;
  /**
   * Reads a file or folder; `path` is absolute, and places are relative to `cwd`.
   * @throws WafproofError `IMPORT_UNREADABLE`, `IMPORT_INVALID`, `IMPORT_EMPTY`
   */
  read(path: string, cwd: string): Promise<Imported>;
}
