import type { LogRecord } from '../contract/log-record.js';
import { RecentMap } from '../util/recent-map.js';

/** More records than a log brings while an answer is under way. */
const mostEarly = 4096;

/** Whose records are that bear no correlation id, by the WAF's own ids of their requests, as answers tell these. */
export class RequestIds<R extends LogRecord> {
  readonly #owners = new Map<string, string>();
  /** Records that came before anybody knew whose they are. */
  readonly #early: RecentMap<R> | undefined;

  /** @param areTold answers tell them at all */
  constructor(areTold: boolean) {
    this.#early = areTold ? new RecentMap(mostEarly) : undefined;
  }

  /** From now on records with this id are of that exchange; the one that is here already. */
  claim(requestId: string, correlationId: string): R | undefined {
    this.#owners.set(requestId, correlationId);
    const record = this.#early?.get(requestId);
    this.#early?.delete(requestId);
    return record;
  }

  release(requestId: string | undefined): void {
    if (requestId !== undefined) this.#owners.delete(requestId);
  }

  /** The correlation id of the exchange that a record is of; where nobody knows yet, the record is kept. */
  ownerOf(record: R): string | undefined {
    const { correlationId, transactionId } = record;
    if (correlationId !== undefined || transactionId === undefined) return correlationId;
    const owner = this.#owners.get(transactionId);
    if (owner === undefined) this.#early?.set(transactionId, record);
    return owner;
  }
}
