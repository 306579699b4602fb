import type { BlockedBy, RuleId, Score, Severity, Variable, WafAction } from '../model/evidence.js';
import type { WafInfo } from '../model/report.js';
import type { Pair } from '../model/request.js';

/** One rule's line in a log entry, before the variables that the line leaves out are recovered. */
export interface LoggedHit {
  readonly ruleId: RuleId;
  readonly message: string;
  readonly severity?: Severity;
  readonly tags: readonly string[];
  /** The variable that the line names. */
  readonly variable?: Variable;
  /**
   * Text that begins with the variable's name and `: `, where the line does not tell where the name ends: a name may hold
   * `: ` too. `variable` is then the shortest name that it may be.
   */
  readonly within?: string;
  readonly matched?: string;
  readonly matchedTruncated?: boolean;
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

/** What one transaction left in a WAF's log. Every log reader yields this shape, whatever the format. */
export interface LogRecord {
  /** The value of the correlation header, where the log shows it. */
  readonly correlationId?: string;
  /** The engine's own id of the transaction. */
  readonly transactionId?: string;
  readonly action: WafAction;
  /** What refused the request, or would have; only where `action` is not `passed`. */
  readonly blockedBy?: BlockedBy;
  /** When the entry was written, ISO 8601, where the log tells. */
  readonly at?: string;
  /** More of the same transaction may follow: one line of an error log, or one of several logs. */
  readonly partial?: true;
  /** Which of a transaction's lines are there, where only marker rules tell that none is missing. */
  readonly lines?: LinesSeen;
  /** Header fields as the engine saw them, in its order, where the log shows all of them. */
  readonly requestHeaders?: readonly Pair[];
  /** The engine that wrote the entry, as far as the entry tells. */
  readonly waf: WafInfo;
  /** What the engine is built into, such as `ModSecurity-nginx v1.0.3`, where the log tells. */
  readonly connector?: string;
  /** HTTP status in the log entry. */
  readonly status?: number;
  readonly score?: Score;
  readonly hits: readonly LoggedHit[];
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

/** An entry that stands in a file of its own, as a log of concurrent entries tells. */
export interface EntryFile {
  /** Absolute, or relative to the folder of entries. */
  readonly entryFile: string;
}

export type LogItem = LogRecord | EntryFile;

/** Reads one stream of a log, such as one file from an offset on, whatever pieces it comes in. It never throws. */
export interface LogReader {
  /** What these bytes complete. To be read to its end before the bytes' memory is used again: none of it is kept. */
  push(bytes: Uint8Array): Iterable<LogItem>;
  /** What the end of the stream completes. */
  end(): Iterable<LogItem>;
  /** How many lines were too long to be read so far. */
  readonly skipped: number;
}

/** Reads what a WAF writes while requests are on their way. */
export interface LogSource {
  /** For how many milliseconds after one record of a transaction others may follow; absent where there is one only. */
  readonly settleMs?: number;
  /** Records that arrived since the last call, in any order. */
  records(): AsyncIterable<LogRecord>;
  close(): Promise<void>;
}
