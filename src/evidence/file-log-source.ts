import type { LogReader, LogRecord, LogSource } from '../contract/log-record.js';
import { fail } from '../model/error.js';
import { type FollowedFile, followFile } from '../util/follow-file.js';
import { wholeLines } from '../util/split-lines.js';
import { EntryFiles } from './entry-files.js';

export interface FileLogOptions {
  /** The log file. */
  readonly path: string;
  /** Makes a reader for each stream: after a rotation or a truncation another stream begins. */
  readonly createReader: () => LogReader;
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
export async function createFileLogSource(options: FileLogOptions): Promise<LogSource> {
  const { path, createReader, from = 'end', mayBeAbsent = false } = options;
  const file = await followFile(path, { from, mayBeAbsent }).catch((cause: unknown) => {
    throw fail('LOG_MISSING', { reason: reasonOf(cause) }, { place: { file: path }, cause });
  });
  return new FileLog(file, createReader, new EntryFiles(path, createReader));
}

function reasonOf(cause: unknown): string {
  return cause instanceof Error ? cause.message : String(cause);
}

class FileLog implements LogSource {
  readonly #file: FollowedFile;
  readonly #createReader: () => LogReader;
  readonly #entries: EntryFiles;
  /** Unfinished entries of different streams must not run together. */
  readonly #readers = new WeakMap<object, LogReader>();

  constructor(file: FollowedFile, createReader: () => LogReader, entries: EntryFiles) {
    this.#file = file;
    this.#createReader = createReader;
    this.#entries = entries;
  }

  async *records(): AsyncGenerator<LogRecord, void, undefined> {
    for await (const { stream, bytes } of this.#file.growth()) {
      const reader = this.#readerOf(stream);
      for (const piece of wholeLines(bytes, pieceBytes)) {
        for (const item of reader.push(piece)) {
          if ('entryFile' in item) yield* await this.#entries.read(item.entryFile);
          else yield item;
        }
      }
    }
  }

  async close(): Promise<void> {
    await this.#file.close();
  }

  #readerOf(stream: object): LogReader {
    const reader = this.#readers.get(stream) ?? this.#createReader();
    this.#readers.set(stream, reader);
    return reader;
  }
}
