import type { LogRecord } from '../../contract/log-record.js';
import type { LogItem, LogReader, LogSource } from '../../contract/log-source.js';
import { recordsOnly } from '../../evidence/entry-files.js';
import { traitsOf } from '../../evidence/since.js';

/** Enough to tell what a log leaves out; a busy site writes more. */
const mostRecords = 2000;
/** More than the streams of a log; entries in files of their own have a reader each. */
const mostReaders = 100;

/**
 * Reads a log with two readers at once. The one knows what our ids begin with, and is as hard to deceive as that of a run:
 * what it reads is joined. The other reads all that there is, to tell what became of requests of ours that the first does
 * not know; nothing is joined with that.
 */
export class LogWatch {
  readonly #prefix: string;
  readonly #strangers = new WeakSet<LogRecord>();
  readonly #seen: LogRecord[] = [];
  readonly #readers: LogReader[] = [];

  constructor(prefix: string) {
    this.#prefix = prefix;
  }

  /** What the log was recognised as so far. */
  get formats(): readonly string[] {
    return [...new Set(this.#readers.flatMap(({ formats = [] }) => formats))];
  }

  /** The same reader; what it recognises is heard. */
  formatsOf<R extends LogRecord>(reader: LogReader<R>): LogReader<R> {
    if (this.#readers.length < mostReaders) this.#readers.push(reader);
    return reader;
  }

  /** The two readers as one. */
  reader<R extends LogRecord>(create: (prefix?: string) => LogReader<R>): LogReader<R> {
    const own = create(this.#prefix);
    const open = create();
    return {
      push: (bytes) => [...own.push(bytes), ...this.#mark(open.push(bytes))],
      end: () => [...own.end(), ...this.#mark(open.end())],
      get skipped() {
        return own.skipped;
      },
      get formats() {
        return open.formats ?? [];
      },
    };
  }

  /** What is to be joined; the rest is kept. */
  watch<R extends LogRecord>(source: LogSource<R>): LogSource<R> {
    const records = () => this.#watched(source);
    return { ...traitsOf(source), records, close: () => source.close() };
  }

  /** The first entries that bear none of these ids. */
  strangers(ids: ReadonlySet<string>): readonly LogRecord[] {
    return this.#seen.filter(({ correlationId }) => correlationId === undefined || !ids.has(correlationId));
  }

  /** What bears our prefix is for the other reader to tell. */
  #mark<R extends LogRecord>(items: Iterable<LogItem<R>>): readonly R[] {
    const strangers = recordsOnly(items).filter(({ correlationId }) => correlationId?.includes(this.#prefix) !== true);
    for (const record of strangers) this.#strangers.add(record);
    return strangers;
  }

  async *#watched<R extends LogRecord>(source: LogSource<R>): AsyncGenerator<R, void, undefined> {
    for await (const record of source.records()) {
      if (this.#seen.length < mostRecords) this.#seen.push(record);
      if (!this.#strangers.has(record)) yield record;
    }
  }
}
