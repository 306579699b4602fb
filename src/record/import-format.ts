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
  /** What those for the environment were, by their names: never to be written anywhere. */
  readonly secretValues?: ReadonlyMap<string, string>;
}

/** Where requests are read from. */
export interface ImportSource {
  /** Absolute; a file or a folder. Absent: standard input. */
  readonly path?: string;
  /** As places in messages show it. */
  readonly shown: string;
  /** The name for its suite, without an ending. */
  readonly stem: string;
  /** Where relative paths in it start. */
  readonly folder: string;
}

/** What of a source is wanted, and how. */
export interface ImportSettings {
  /** What places are relative to. */
  readonly cwd: string;
  /** Such as `https://shop.test`; absent: of traffic the application that it begins with, of lists all. */
  readonly origins?: readonly string[];
  /** Absent: all, of traffic those that carry something. */
  readonly methods?: readonly string[];
  /** GET and HEAD are wanted of traffic as well. */
  readonly keepGet?: boolean;
  /** Passwords, keys, tokens and cookies stay: nothing is written to a file. */
  readonly keepSecrets?: boolean;
  /** Files outside of the source's folder are read, and documents of other hosts, where the source names them. */
  readonly allowOutside?: boolean;
  /** A file with values for the source's variables, absolute. */
  readonly environment?: string;
}

/** A kind of file that can be turned into suites. */
export interface ImportFormat {
  /** What it is, for help. */
  readonly summary: string;
  /** @throws WafproofError `IMPORT_UNREADABLE`, `IMPORT_INVALID`, `IMPORT_EMPTY` */
  read(source: ImportSource, settings: ImportSettings): Promise<Imported>;
}
