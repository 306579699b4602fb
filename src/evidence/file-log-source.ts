import type { LogRecord, LogSource } from '../contract/log-record.js';
import { fail } from '../model/error.js';
import { type FollowedFile, followFile } from '../util/follow-file.js';
import type { Growth } from '../util/growing-file.js';
import { LineSplitter } from '../util/split-lines.js';

export interface FileLogOptions {
  /** The log file. */
  readonly path: string;
  /**
   * Reads one line, without its line feed. Nothing for a line that is no record. It must not throw, and must not keep
   * the line: its memory is used again.
   */
  readonly parse: (line: Uint8Array) => LogRecord | undefined;
  /** Where to begin to read; default `end`: only what is written from now on. */
  readonly from?: 'end' | 'start';
  /** Wait for the file to appear instead of failing. */
  readonly mayBeAbsent?: boolean;
  /** ASCII text without which a line is not worth parsing, such as the prefix of a run's correlation ids. */
  readonly marker?: string;
  /** The longest line that is read, in bytes; default 8 MiB. */
  readonly maxLineBytes?: number;
}

/** A log source over a growing file, one entry a line. */
export interface FileLogSource extends LogSource {
  /** How many lines were longer than `maxLineBytes` so far. */
  readonly skippedLines: number;
}

const defaultMaxLineBytes = 8 * 1024 * 1024;

/**
 * Follows a log file with one entry a line, through truncation and rotation. Fails with LOG_MISSING if the file cannot
 * be read.
 */
export async function createFileLogSource(options: FileLogOptions): Promise<FileLogSource> {
  const { path, from = 'end', mayBeAbsent = false } = options;
  const file = await followFile(path, { from, mayBeAbsent }).catch((cause: unknown) => {
    throw fail('LOG_MISSING', { reason: reasonOf(cause) }, { place: { file: path }, cause });
  });
  return new LineLog(file, options);
}

function reasonOf(cause: unknown): string {
  return cause instanceof Error ? cause.message : String(cause);
}

class LineLog implements FileLogSource {
  readonly #file: FollowedFile;
  readonly #parse: FileLogOptions['parse'];
  readonly #marker: Buffer;
  readonly #maxLineBytes: number;
  /** Unfinished lines of different streams must not run together. */
  readonly #splitters = new WeakMap<object, LineSplitter>();
  skippedLines = 0;

  constructor(file: FollowedFile, options: FileLogOptions) {
    this.#file = file;
    this.#parse = options.parse;
    this.#marker = Buffer.from(options.marker ?? '');
    this.#maxLineBytes = options.maxLineBytes ?? defaultMaxLineBytes;
  }

  async *records(): AsyncGenerator<LogRecord, void, undefined> {
    for await (const growth of this.#file.growth()) yield* this.#recordsIn(growth);
  }

  async close(): Promise<void> {
    await this.#file.close();
  }

  *#recordsIn({ stream, bytes }: Growth): Generator<LogRecord, void, undefined> {
    const splitter = this.#splitterOf(stream);
    const skippedBefore = splitter.skipped;
    for (const line of splitter.push(bytes)) {
      const record = this.#isWorthParsing(line) ? this.#parse(line) : undefined;
      if (record !== undefined) yield record;
    }
    this.skippedLines += splitter.skipped - skippedBefore;
  }

  #splitterOf(stream: object): LineSplitter {
    const splitter = this.#splitters.get(stream) ?? new LineSplitter(this.#maxLineBytes);
    this.#splitters.set(stream, splitter);
    return splitter;
  }

  /** `indexOf` on the line alone: on the whole chunk it would scan to the chunk's end for every line without the marker. */
  #isWorthParsing(line: Uint8Array): boolean {
    return this.#marker.length === 0 || Buffer.from(line.buffer, line.byteOffset, line.length).includes(this.#marker);
  }
}
