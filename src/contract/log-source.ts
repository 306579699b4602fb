import type { LogRecord, StreamItem } from './log-record.js';

/** An entry that stands in a file of its own, as a log of concurrent entries tells. */
export interface EntryFile {
  /** Absolute, or relative to the folder of entries. */
  readonly entryFile: string;
}

/** What a reader finds in a log: a record, or the file that has it. */
export type LogItem<R extends StreamItem = LogRecord> = R | EntryFile;

/** Reads one stream of a log, such as one file from an offset on, whatever pieces it comes in. It never throws. */
export interface LogReader<R extends StreamItem = LogRecord> {
  /** What these bytes complete. To be read to its end before the bytes' memory is used again: none of it is kept. */
  push(bytes: Uint8Array): Iterable<LogItem<R>>;
  /** What the end of the stream completes. */
  end(): Iterable<LogItem<R>>;
  /** How many lines were too long to be read so far. */
  readonly skipped: number;
  /** The formats that it has recognised so far, in words for people, such as `nginx's error log`; absent where it does not tell. */
  readonly formats?: readonly string[];
  /** Whether a line may be one that it reads, or may have it inside: a quick look. Absent where any line may. */
  mayHold?(line: Uint8Array): boolean;
}

/** How long after an answer its records can be read, in milliseconds. */
export interface LogDelay {
  /** Most are there by then. */
  readonly typicalMs: number;
  /** What is not there by then does not come. */
  readonly longestMs: number;
  /** How often it is worth looking. */
  readonly pollMs: number;
}

/** Reads what a WAF writes while requests are on their way. */
export interface LogSource<R extends LogRecord = LogRecord> {
  readonly delay: LogDelay;
  /** For how many milliseconds after one record of a transaction others may follow; absent where there is one only. */
  readonly settleMs?: number;
  /** For how many milliseconds it may show nothing of what is written, though it is open; absent where it is up at once. */
  readonly comesUpMs?: number;
  /** Why records may be missing of requests that the WAF saw, in words, as far as is known by now; absent where all are there. */
  readonly gaps?: string | undefined;
  /** Records that arrived since the last call, in any order. */
  records(): AsyncIterable<R>;
  close(): Promise<void>;
}
