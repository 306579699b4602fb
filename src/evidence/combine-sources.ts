import type { LogRecord } from '../contract/log-record.js';
import type { LogDelay, LogSource } from '../contract/log-source.js';
import { slowestDelay } from './log-delay.js';

/** After so long without another record of a transaction, none is to be expected of a log that is read as well. */
const settleMs = 150;

/** Several logs of one WAF, such as an audit log and an error log, as one: each transaction may have records in each. */
export function combineSources<R extends LogRecord>(sources: readonly LogSource<R>[]): LogSource<R> {
  const [only, ...others] = sources;
  return only !== undefined && others.length === 0 ? only : new CombinedLog(sources);
}

class CombinedLog<R extends LogRecord> implements LogSource<R> {
  readonly settleMs = settleMs;
  readonly delay: LogDelay;
  readonly comesUpMs: number;
  readonly #sources: readonly LogSource<R>[];

  constructor(sources: readonly LogSource<R>[]) {
    this.delay = slowestDelay(sources.map(({ delay }) => delay));
    this.comesUpMs = Math.max(0, ...sources.map(({ comesUpMs = 0 }) => comesUpMs));
    this.#sources = sources;
  }

  get gaps(): string | undefined {
    const gaps = this.#sources.flatMap((source) => source.gaps ?? []);
    return gaps.length === 0 ? undefined : gaps.join('; ');
  }

  /** One log that cannot be read does not keep the others from being read; it is told when they are. */
  async *records(): AsyncGenerator<R, void, undefined> {
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
