import type { LogRecord, LogSource } from '../contract/log-record.js';

/** After so long without another record of a transaction, none is to be expected of a log that is read as well. */
const settleMs = 150;

/** Several logs of one WAF, such as an audit log and an error log, as one: each transaction may have records in each. */
export function combineSources(sources: readonly LogSource[]): LogSource {
  const [only, ...others] = sources;
  return only !== undefined && others.length === 0 ? only : new CombinedLog(sources);
}

class CombinedLog implements LogSource {
  readonly settleMs = settleMs;
  readonly #sources: readonly LogSource[];

  constructor(sources: readonly LogSource[]) {
    this.#sources = sources;
  }

  /** One log that cannot be read does not keep the others from being read; it is told when they are. */
  async *records(): AsyncGenerator<LogRecord, void, undefined> {
    const troubles: unknown[] = [];
    for (const source of this.#sources) {
      try {
        yield* source.records();
      } catch (error) {
        troubles.push(error);
      }
    }
    if (troubles.length > 0) throw troubles[0];
  }

  async close(): Promise<void> {
    await Promise.all(this.#sources.map((source) => source.close()));
  }
}
