import type { LogRecord } from '../contract/log-record.js';
import { RecentMap } from '../util/recent-map.js';
import type { Fits, Logged } from './fit.js';
import { isOneTransaction, type Trace } from './sightings.js';

/** So many joined requests are remembered, to tell what comes late with their ids. */
const mostPast = 4096;

/** Of a record what tells it from another one: thousands are remembered, and records are large. */
interface Past extends Trace, Logged {
  readonly fits: Fits;
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
    if (fits !== undefined) this.#past.set(id, pastOf(record, fits));
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
    if (past === undefined || isOneTransaction(past, record)) return false;
    const fit = past.fits(record);
    return fit === 'none' || (fit === 'loose' && past.fits(past) === 'exact');
  }
}

function pastOf({ transactionId, correlationId, request, at, status }: LogRecord, fits: Fits): Past {
  return {
    fits,
    ...(transactionId !== undefined && { transactionId }),
    ...(correlationId !== undefined && { correlationId }),
    ...(request !== undefined && { request }),
    ...(at !== undefined && { at }),
    ...(status !== undefined && { status }),
  };
}
