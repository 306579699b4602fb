import type { LogItem, LogReader, LogSource } from '../../contract/log-source.js';
import { traitsOf } from '../../evidence/since.js';
import type { ModsecurityRecord } from '../../waf/modsecurity/log-record.js';
import { createLogReader } from '../../waf/modsecurity/logs/log-reader.js';

/** Enough to tell what a log leaves out; a busy site writes more. */
const mostRecords = 2000;

/**
 * Reads a log with two readers at once. The one knows what our ids begin with, and is as hard to deceive as that of a run:
 * what it reads is joined. The other reads all that there is, to tell what became of requests of ours that the first does
 * not know; nothing is joined with that.
 */
export class LogWatch {
  readonly #prefix: string;
  readonly #strangers = new WeakSet<ModsecurityRecord>();
  readonly #seen: ModsecurityRecord[] = [];

  constructor(prefix: string) {
    this.#prefix = prefix;
  }

  readonly createReader = (): LogReader<ModsecurityRecord> => {
    const own = createLogReader({ prefix: this.#prefix });
    const open = createLogReader();
    return {
      push: (bytes) => [...own.push(bytes), ...this.#mark(open.push(bytes))],
      end: () => [...own.end(), ...this.#mark(open.end())],
      get skipped() {
        return own.skipped;
      },
    };
  };

  /** What is to be joined; the rest is kept. */
  watch(source: LogSource<ModsecurityRecord>): LogSource<ModsecurityRecord> {
    const records = () => this.#watched(source);
    return { ...traitsOf(source), records, close: () => source.close() };
  }

  /** The first entries that bear none of these ids. */
  strangers(ids: ReadonlySet<string>): readonly ModsecurityRecord[] {
    return this.#seen.filter(({ correlationId }) => correlationId === undefined || !ids.has(correlationId));
  }

  /** What bears our prefix is for the other reader to tell. */
  #mark(items: Iterable<LogItem<ModsecurityRecord>>): readonly ModsecurityRecord[] {
    const records = [...items].flatMap((item) => ('entryFile' in item ? [] : [item]));
    const strangers = records.filter(({ correlationId }) => correlationId?.includes(this.#prefix) !== true);
    for (const record of strangers) this.#strangers.add(record);
    return strangers;
  }

  async *#watched(source: LogSource<ModsecurityRecord>): AsyncGenerator<ModsecurityRecord, void, undefined> {
    for await (const record of source.records()) {
      if (this.#seen.length < mostRecords) this.#seen.push(record);
      if (!this.#strangers.has(record)) yield record;
    }
  }
}
