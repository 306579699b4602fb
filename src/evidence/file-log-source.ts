import type { LogRecord } from '../contract/log-record.js';
import type { LogReader, LogSource } from '../contract/log-source.js';
import { fail } from '../model/error.js';
import { type FollowedFile, type FollowOptions, followFile } from '../util/follow-file.js';
import { reasonOf } from '../util/reason-of.js';
import { wholeLines } from '../util/split-lines.js';
import { EntryFiles, isEntryFile } from './entry-files.js';
import { promptDelay } from './log-delay.js';

export interface FileLogOptions<R extends LogRecord> {
  /** The log file. */
  readonly path: string;
  /** Makes a reader for each stream: after a rotation or a truncation another stream begins. */
  readonly createReader: () => LogReader<R>;
  /** Where to begin to read; default `end`: only what is written from now on. */
  readonly from?: 'end' | 'start';
  /** Wait for the file to appear instead of failing. */
  readonly mayBeAbsent?: boolean;
}

/** So much is read at once, in bytes: records of more than that would outlive a collection of garbage, which costs time. */
const pieceBytes = 32 * 1024;

/**
 * Follows a log file through truncation and rotation. Fails with LOG_MISSING if the file cannot be read.
 */
export async function createFileLogSource<R extends LogRecord>(options: FileLogOptions<R>): Promise<LogSource<R>> {
  const { path, createReader, from = 'end', mayBeAbsent = false } = options;
  const file = follow(path, { from, mayBeAbsent });
  return new FileLog(file, createReader, new EntryFiles(path, createReader));
}

function follow(path: string, options: FollowOptions): FollowedFile {
  try {
    return followFile(path, options);
  } catch (cause) {
    throw fail('LOG_MISSING', { reason: reasonOf(cause) }, { place: { file: path }, cause });
  }
}

class FileLog<R extends LogRecord> implements LogSource<R> {
  readonly delay = promptDelay;
  readonly #file: FollowedFile;
  readonly #createReader: () => LogReader<R>;
  readonly #entries: EntryFiles<R>;
  /** Unfinished entries of different streams must not run together. */
  readonly #readers = new WeakMap<object, LogReader<R>>();

  constructor(file: FollowedFile, createReader: () => LogReader<R>, entries: EntryFiles<R>) {
    this.#file = file;
    this.#createReader = createReader;
    this.#entries = entries;
  }

  async *records(): AsyncGenerator<R, void, undefined> {
    for await (const { stream, bytes } of this.#file.growth()) {
      const reader = this.#readerOf(stream);
      for (const piece of wholeLines(bytes, pieceBytes)) {
        for (const item of reader.push(piece)) {
          if (isEntryFile(item)) yield* await this.#entries.read(item.entryFile);
          else yield item;
        }
      }
    }
  }

  async close(): Promise<void> {
    this.#file.close();
  }

  #readerOf(stream: object): LogReader<R> {
    const reader = this.#readers.get(stream) ?? this.#createReader();
    this.#readers.set(stream, reader);
    return reader;
  }
}
