import type { LoggedHit, LogRecord } from '../../contract/log-record.js';
import type { Pair } from '../../model/request.js';

/** One rule's line in a log entry, before the variables that the line leaves out are recovered. */
export interface ModsecurityHit extends LoggedHit {
  /**
   * Text that begins with the variable's name and `: `, where the line does not tell where the name ends: a name may hold
   * `: ` too. `variable` is then the shortest name that it may be.
   */
  readonly within?: string;
  /** Why the engine could not read the body, or did not finish the rule. */
  readonly reason?: string;
  /** Every variable that matched, as offset and length, where the log has them (libmodsecurity's `reference`). */
  readonly matches: readonly LoggedMatch[];
}

/** One matching variable in libmodsecurity's `reference`: `o0,8v21,25` is text 0-8 of a variable of 25 bytes at 21. */
export interface LoggedMatch {
  /** Offset and length of the matched text in the transformed variable; absent for libinjection's rules. */
  readonly text?: Span;
  /** Offset of the variable in the request as the engine counts it, and its length in bytes. */
  readonly variable: Span;
}

export interface Span {
  readonly offset: number;
  readonly length: number;
}

/** What one transaction left in a log of ModSecurity or Coraza, the same for every engine and format. */
export interface ModsecurityRecord extends LogRecord {
  /** More of the same transaction may follow: one line of an error log, or one of several logs. */
  readonly partial?: true;
  /** Which of a transaction's lines are there, where only marker rules tell that none is missing. */
  readonly lines?: LinesSeen;
  /** Somebody else wrote into the entry, so that a line of it may be missing. */
  readonly isTorn?: true;
  /** Header fields as the engine saw them, in its order, where the log shows all of them. */
  readonly requestHeaders?: readonly Pair[];
  /** What the engine is built into, such as `ModSecurity-nginx v1.0.3`, where the log tells. */
  readonly connector?: string;
  readonly hits: readonly ModsecurityHit[];
}

/** What is known of the lines that an error log has of a transaction. */
export interface LinesSeen {
  /** The first one is there. */
  readonly first: boolean;
  /** The last one is there. */
  readonly last: boolean;
  /** The server cut one of them. */
  readonly cut: boolean;
}
