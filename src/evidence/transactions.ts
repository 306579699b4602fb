import type { LogRecord, RecordMerger } from '../contract/log-record.js';

/** More than a server works on at a time. */
const mostOpen = 2000;
/** Transactions whose ids are remembered, so that none is told twice. */
const mostRemembered = 2 ** 20;

/**
 * Puts the records of each transaction of a log together, by the WAF's own id: an error log has a line for each rule. What
 * has no id is a transaction by itself. A transaction that was told is not told again where another log has it too. Where each
 * record is a whole transaction, so that there is nothing to put together, each is told.
 */
export class Transactions<R extends LogRecord> {
  readonly #merger: RecordMerger<R> | undefined;
  readonly #told: Remembered;
  readonly #open = new Map<string, R>();

  /** @param told shared by the logs that are read together */
  constructor(merger: RecordMerger<R> | undefined, told: Remembered) {
    this.#merger = merger;
    this.#told = told;
  }

  /** The transactions that a record completes. */
  take(record: R): readonly R[] {
    const { transactionId } = record;
    if (transactionId === undefined || this.#merger === undefined) return [record];
    const known = this.#open.get(transactionId);
    if (known === undefined && this.#told.has(transactionId)) return [];
    const merged = this.#merger.merge(known, record);
    if (this.#merger.completeness(merged) === 'whole') {
      this.#open.delete(transactionId);
      return this.#tell(transactionId, merged);
    }
    this.#open.set(transactionId, { ...merged, line: known?.line ?? merged.line });
    return this.#open.size > mostOpen ? this.#tellOldest() : [];
  }

  /** Those that are open still. */
  end(): readonly R[] {
    const open = [...this.#open];
    this.#open.clear();
    return open.flatMap(([id, record]) => this.#tell(id, record));
  }

  #tellOldest(): readonly R[] {
    for (const [id, record] of this.#open) {
      this.#open.delete(id);
      return this.#tell(id, record);
    }
    return [];
  }

  #tell(id: string, record: R): readonly R[] {
    this.#told.add(id);
    return [record];
  }
}

/** Remembers texts by their hashes: the last ones, in little memory. */
export class Remembered {
  readonly #hashes = new Float64Array(2 * mostRemembered);
  #count = 0;

  has(text: string): boolean {
    return this.#hashes[this.#placeOf(hashOf(text))] !== 0;
  }

  /** When there are too many, all are forgotten. */
  add(text: string): void {
    if (this.#count === mostRemembered) this.#hashes.fill(0);
    this.#count = this.#count === mostRemembered ? 1 : this.#count + 1;
    const hash = hashOf(text);
    this.#hashes[this.#placeOf(hash)] = hash;
  }

  /** Where a hash stands or would stand. */
  #placeOf(hash: number): number {
    let at = hash % this.#hashes.length;
    while (this.#hashes[at] !== 0 && this.#hashes[at] !== hash) at = (at + 1) % this.#hashes.length;
    return at;
  }
}

/** Of 52 bits, never 0 (FNV-1a, twice). */
function hashOf(text: string): number {
  let [low, high] = [0x811c9dc5, 0x01000193];
  for (let at = 0; at < text.length; at++) {
    const unit = text.charCodeAt(at);
    low = Math.imul(low ^ unit, 0x01000193);
    high = Math.imul(high ^ (unit + at), 0x85ebca6b);
  }
  return (high >>> 12) * 2 ** 32 + (low >>> 0) || 1;
}
