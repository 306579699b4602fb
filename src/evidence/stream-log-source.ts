import type { Readable } from 'node:stream';
import type { LogRecord } from '../contract/log-record.js';
import type { LogItem, LogReader, LogSource } from '../contract/log-source.js';
import { isEntryFile } from './entry-files.js';
import { promptDelay } from './log-delay.js';

export interface StreamLogOptions<R extends LogRecord> {
  readonly stream: Readable;
  readonly reader: LogReader<R>;
  /** Why nothing more comes, once the stream has ended. */
  readonly whyEnded: () => string;
  /** Lets go of whatever writes the stream. */
  readonly close: () => Promise<void>;
}

/** So many records may wait to be taken before the stream is paused. */
const mostWaiting = 10_000;
/**
 * What another program prints, such as `ssh staging tail -n0 -F …`, begins when it has connected, and nobody tells when
 * that is: entries of earlier requests never come.
 */
const comesUpMs = 10_000;

/**
 * Reads a log from a stream, such as the output of a command. When the stream has ended, what it brought is handed out
 * first; after that, reading fails with the reason.
 */
export function createStreamLogSource<R extends LogRecord>(options: StreamLogOptions<R>): LogSource<R> {
  return new StreamLog(options);
}

class StreamLog<R extends LogRecord> implements LogSource<R> {
  readonly delay = promptDelay;
  readonly comesUpMs = comesUpMs;
  readonly #options: StreamLogOptions<R>;
  #waiting: R[] = [];
  #ended = false;

  constructor(options: StreamLogOptions<R>) {
    this.#options = options;
    const { stream, reader } = options;
    stream.on('data', (bytes: Buffer) => this.#take(reader.push(bytes)));
    for (const over of ['end', 'error', 'close']) stream.on(over, () => this.#end());
  }

  async *records(): AsyncGenerator<R, void, undefined> {
    const arrived = this.#waiting;
    this.#waiting = [];
    this.#options.stream.resume();
    yield* arrived;
    if (this.#ended && this.#waiting.length === 0) throw new Error(this.#options.whyEnded());
  }

  close(): Promise<void> {
    return this.#options.close();
  }

  #end(): void {
    if (this.#ended) return;
    this.#ended = true;
    this.#take(this.#options.reader.end());
  }

  #take(items: Iterable<LogItem<R>>): void {
    for (const item of items) if (!isEntryFile(item)) this.#waiting.push(item);
    if (this.#waiting.length > mostWaiting) this.#options.stream.pause();
  }
}
