import type { LogRecord } from '../contract/log-record.js';
import { RecentMap } from '../util/recent-map.js';
import type { Fits } from './fit.js';
import { isOneTransaction } from './sightings.js';

/** So many joined requests are remembered, to tell what comes late with their ids. */
const mostPast = 4096;

interface Past {
  readonly record: LogRecord;
  readonly fits: Fits | undefined;
}

/** Records with ids that nobody waits for: more of a request that was joined, or of somebody who made its id up. */
export class Strays {
  readonly #past = new RecentMap<Past>(mostPast);
  readonly #counted = new RecentMap<string>(mostPast);
  readonly #isOurs: (correlationId: string) => boolean;
  #forged = 0;

  constructor(isOurs: (correlationId: string) => boolean = () => true) {
    this.#isOurs = isOurs;
  }

  /** How many transactions with such ids are of other requests. */
  get forged(): number {
    return this.#forged;
  }

  remember(id: string, record: LogRecord, fits: Fits | undefined): void {
    if (fits !== undefined) this.#past.set(id, { record, fits });
  }

  take(id: string, record: LogRecord): void {
    if (this.#isOurs(id) && !this.#isOfAnother(id, record)) return;
    const { transactionId } = record;
    const key = transactionId === undefined || transactionId === id ? undefined : transactionId;
    if (key !== undefined && this.#counted.get(key) !== undefined) return;
    if (key !== undefined) this.#counted.set(key, key);
    this.#forged++;
  }

  /** What differs from a request that was joined exactly is of another one. */
  #isOfAnother(id: string, record: LogRecord): boolean {
    const past = this.#past.get(id);
    if (past?.fits === undefined || isOneTransaction(past.record, record)) return false;
    const fit = past.fits(record);
    return fit === 'none' || (fit === 'loose' && past.fits(past.record) === 'exact');
  }
}
