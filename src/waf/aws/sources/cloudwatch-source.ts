import type { LogDelay, LogReader, LogSource } from '../../../contract/log-source.js';
import { RecentMap } from '../../../util/recent-map.js';
import type { LogEvent, LogsApi } from '../api/logs-api.js';
import type { AwsRecord } from '../log-record.js';

export interface CloudWatchSourceOptions {
  readonly api: LogsApi;
  readonly group: string;
  /** What the correlation ids of interest begin with. */
  readonly prefix: string;
  /** From when on requests are of interest, in milliseconds since 1970. */
  readonly from: number;
  readonly reader: LogReader<AwsRecord>;
  readonly now?: () => number;
}

/** AWS promises nothing; entries have been seen after seconds, and after some minutes. */
const delay: LogDelay = { typicalMs: 15_000, longestMs: 5 * 60_000, pollMs: 2000 };
/** Entries bear the time of their request: each reading begins so long before the last one, for those that came late. */
const overlapMs = delay.longestMs;
/** Clocks may differ by so much. */
const skewMs = 60_000;
const mostRemembered = 200_000;

/** Follows a log group of CloudWatch Logs: one question a reading for the entries of all requests of a run. */
export function createCloudWatchSource(options: CloudWatchSourceOptions): LogSource<AwsRecord> {
  return new CloudWatchSource(options);
}

class CloudWatchSource implements LogSource<AwsRecord> {
  readonly delay = delay;
  readonly #options: CloudWatchSourceOptions;
  readonly #now: () => number;
  readonly #seen = new RecentMap<string>(mostRemembered);
  #from: number;

  constructor(options: CloudWatchSourceOptions) {
    this.#options = options;
    this.#now = options.now ?? Date.now;
    this.#from = options.from - skewMs;
  }

  /** A page may be empty though others follow it. */
  async *records(): AsyncGenerator<AwsRecord, void, undefined> {
    const { api, group, prefix } = this.#options;
    const began = this.#now();
    let next: string | undefined;
    do {
      const page = await api.filter({ group, phrase: prefix, from: this.#from, next });
      for (const event of page.events) yield* this.#recordsIn(event);
      next = page.next === next ? undefined : page.next;
    } while (next !== undefined);
    this.#from = Math.max(this.#from, began - overlapMs - skewMs);
  }

  async close(): Promise<void> {
    this.#options.api.close();
  }

  *#recordsIn({ id, message }: LogEvent): Generator<AwsRecord, void, undefined> {
    if (this.#seen.get(id) !== undefined) return;
    this.#seen.set(id, id);
    for (const item of this.#options.reader.push(Buffer.from(`${message}\n`))) if ('origin' in item) yield item;
  }
}
