import { ownCopy } from '../../../util/own-copy.js';

/** As many lines as transactions that are under way at the same time can have, and more. */
const mostLines = 10_000;
const mostBytes = 8 * 1024 * 1024;

export interface HeldLine {
  /** Valid until another line is held. */
  readonly bytes: Buffer;
  /** As it was given. */
  readonly mark: number;
}

/**
 * Lines that are held back, by transaction: the latest 10,000 at least, if they are no longer than 8 MiB together. They are
 * held as bytes in memory that is used again, since most are strangers' and nobody asks for them.
 */
export class HeldLines {
  #page: Page | undefined;
  #older: Page | undefined;

  /** Transactions that have lines, in order of their first ones. */
  get transactions(): readonly string[] {
    const pages = [this.#older, this.#page];
    return [...new Set(pages.flatMap((page) => (page === undefined ? [] : page.transactions)))];
  }

  /**
   * Holds a copy of a line.
   * @param mark any number, to be given back with the line
   */
  hold(transactionId: string, line: Buffer, mark: number): void {
    this.#page ??= new Page();
    if (this.#page.hold(transactionId, line, mark)) return;
    const next = this.#older ?? new Page();
    this.#older = this.#page;
    this.#page = next;
    next.clear();
    next.hold(transactionId, line, mark);
  }

  /** The lines of a transaction in their order, which are held no longer. */
  release(transactionId: string): readonly HeldLine[] {
    const older = this.#older?.release(transactionId) ?? [];
    const lines = this.#page?.release(transactionId) ?? [];
    return older.length === 0 ? lines : [...older, ...lines];
  }
}

class Page {
  readonly #bytes = Buffer.allocUnsafeSlow(mostBytes);
  #used = 0;
  #count = 0;
  /** Of each transaction's lines: start, end, mark. */
  readonly #places = new Map<string, number[]>();

  get transactions(): readonly string[] {
    return [...this.#places.keys()];
  }

  /** False if there is no room for the line. */
  hold(transactionId: string, line: Buffer, mark: number): boolean {
    const end = this.#used + line.length;
    if (this.#count === mostLines || end > mostBytes) return false;
    line.copy(this.#bytes, this.#used);
    const places = this.#places.get(transactionId);
    if (places === undefined) this.#places.set(ownCopy(transactionId), [this.#used, end, mark]);
    else places.push(this.#used, end, mark);
    this.#used = end;
    this.#count++;
    return true;
  }

  release(transactionId: string): readonly HeldLine[] {
    const places = this.#places.get(transactionId);
    if (places === undefined) return [];
    this.#places.delete(transactionId);
    const lines: HeldLine[] = [];
    for (let at = 0; at < places.length; at += 3) {
      lines.push({ bytes: this.#bytes.subarray(places[at], places[at + 1]), mark: places[at + 2] ?? 0 });
    }
    return lines;
  }

  clear(): void {
    this.#places.clear();
    this.#used = 0;
    this.#count = 0;
  }
}
