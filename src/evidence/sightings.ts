import type { LogRecord, RecordMerger } from '../contract/log-record.js';
import { wafActions } from '../model/evidence.js';
import type { Fit, Fits } from './fit.js';
import { isSamePath } from './logged-path.js';

/** What a log has of a request, among all that bears its id. */
interface Choice<R extends LogRecord = LogRecord> {
  readonly record: R | undefined;
  readonly fit: Fit;
  /** How many transactions with its id are of other requests. */
  readonly forged: number;
}

/** An id is sent again a few times at most, whoever does it; what is more is not kept. */
const mostSeen = 16;

const ranks: Readonly<Record<Fit, number>> = { none: 0, loose: 1, exact: 2 };

/** The transactions that a log shows with one correlation id: that of the request, and what others sent with its id. */
export class Sightings<R extends LogRecord> {
  readonly #merger: RecordMerger<R>;
  #seen: readonly R[] = [];
  #dropped = 0;
  /** What was chosen last: it is asked for several times. */
  #chosen: { readonly fits: Fits | undefined; readonly choice: Choice<R> } | undefined;

  constructor(merger: RecordMerger<R>) {
    this.#merger = merger;
  }

  get isEmpty(): boolean {
    return this.#seen.length === 0;
  }

  add(record: R): void {
    this.#chosen = undefined;
    const known = this.#seen.find((one) => isOneTransaction(one, record) || this.#merger.isOne?.(one, record) === true);
    if (known !== undefined) {
      const merged = this.#merger.merge(known, record);
      this.#seen = this.#seen.map((one) => (one === known ? merged : one));
    } else if (this.#seen.length < mostSeen) this.#seen = [...this.#seen, this.#merger.merge(undefined, record)];
    else this.#dropped++;
  }

  /** The transaction that fits best; of several that fit as well the gravest, and of equally grave ones the first. */
  choose(fits: Fits | undefined): Choice<R> {
    if (this.#chosen === undefined || this.#chosen.fits !== fits) this.#chosen = { fits, choice: this.#choose(fits) };
    return this.#chosen.choice;
  }

  #choose(fits: Fits | undefined): Choice<R> {
    let best: { readonly record: R; readonly fit: Fit } | undefined;
    let fitting = 0;
    for (const record of this.#seen) {
      const fit = fits?.(record) ?? 'exact';
      if (fit === 'none') continue;
      if (best === undefined || ranks[fit] > ranks[best.fit]) {
        best = { record, fit };
        fitting = 0;
      }
      if (ranks[fit] < ranks[best.fit]) continue;
      fitting++;
      if (gravity(record) > gravity(best.record)) best = { record, fit };
    }
    const forged = this.#seen.length - fitting + this.#dropped;
    return { record: best?.record, fit: best?.fit ?? 'none', forged };
  }
}

function gravity({ action }: LogRecord): number {
  return wafActions.indexOf(action);
}

/** What tells one transaction from another. */
export type Trace = Pick<LogRecord, 'transactionId' | 'correlationId' | 'request'>;

/** Where an engine has no id of its own, or takes the correlation id for it, whoever sends that id has the same one. */
export function isOneTransaction(one: Trace, other: Trace): boolean {
  const { transactionId } = one;
  if (transactionId !== other.transactionId) return false;
  return (transactionId !== undefined && transactionId !== one.correlationId) || isSameRequest(one, other);
}

function isSameRequest({ request: one = {} }: Trace, { request: other = {} }: Trace): boolean {
  const isSameMethod = one.method === undefined || other.method === undefined || one.method === other.method;
  return isSameMethod && (one.path === undefined || other.path === undefined || isSamePath(one.path, other.path));
}
