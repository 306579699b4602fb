import type { Readable } from 'node:stream';
import type { LogReader, LogRecord, LogSource } from '../contract/log-record.js';

export interface StreamLogOptions {
  readonly stream: Readable;
  readonly reader: LogReader;
  /** Why nothing more comes, once the stream has ended. */
  readonly whyEnded: () => string;
  /** Lets go of whatever writes the stream. */
  readonly close: () => Promise<void>;
}

/** So many records may wait to be taken before the stream is paused. */
const mostWaiting = 10_000;

/**
 * Reads a log from a stream, such as the output of a command. When the stream has ended, what it brought is handed out
 * first; after that, reading fails with the reason.
 */
export function createStreamLogSource(options: StreamLogOptions): LogSource {
  return new StreamLog(options);
}

class StreamLog implements LogSource {
  readonly #options: StreamLogOptions;
  #waiting: LogRecord[] = [];
  #ended = false;

  constructor(options: StreamLogOptions) {
    this.#options = options;
    const { stream, reader } = options;
    stream.on('data', (bytes: Buffer) => this.#take(reader.push(bytes)));
    for (const over of ['end', 'error', 'close']) stream.on(over, () => this.#end());
  }

  async *records(): AsyncGenerator<LogRecord, void, undefined> {
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

  #take(items: ReturnType<LogReader['push']>): void {
    for (const item of items) if (!('entryFile' in item)) this.#waiting.push(item);
    if (this.#waiting.length > mostWaiting) this.#options.stream.pause();
  }
}
