import { type EntryId, entryIdOf, isOf, type NativeEngine, partAt } from './boundary.js';
import { type NativeEntry, OpenEntry } from './open-entry.js';

/** No server takes bodies that are longer; an entry that is was cut off, and what follows is another one's. */
const longestEntry = 64 * 1024 * 1024;

/** How many entries may be open at once; more than two are only where somebody makes them up, or writes were cut off. */
const mostOpen = 8;

/**
 * Puts native entries together, line by line. An entry ends at its own boundary only: bodies hold whatever a client
 * likes, other boundaries included. An entry that begins inside of another one is real where that one was cut off, and
 * where two servers write to one file. So it is read, and the other one goes on at its own boundary.
 */
export class NativeEntries {
  readonly #marker: string;
  /** The entries that have begun and not ended; lines belong to the last one. */
  readonly #open: OpenEntry[] = [];
  /** Bytes since no entry was open. */
  #length = 0;

  /** @param marker text without which an entry's request, if the entry shows it, makes the entry not worth reading */
  constructor(marker: string) {
    this.#marker = marker;
  }

  /** Whether an entry has begun and not ended. */
  get isOpen(): boolean {
    return this.#open.length > 0;
  }

  /** Whose entry is open that began first: others may stand in its body. */
  get engine(): NativeEngine | undefined {
    return this.#open[0]?.id.engine;
  }

  /** The body that what comes may be a part of: it looks like anything. */
  get body(): object | undefined {
    return this.#open.find(({ isInBody }) => isInBody);
  }

  /** What began in the body was no part of it. */
  leaveBody(): void {
    const cutOff = this.#open.find(({ isInBody }) => isInBody);
    if (cutOff !== undefined) this.#close(cutOff);
  }

  /**
   * Takes the line from `start` up to `end`: the next one while an entry is open, or one that may begin an entry. Gives
   * the entry that it ends. The bytes may not change before `settle` is called.
   */
  take(bytes: Buffer, start: number, end: number): NativeEntry | undefined {
    const part = partAt(bytes, start, end);
    if (part !== '') {
      const own = this.#open.find(({ id }) => isOf(id, bytes, start, end));
      if (own !== undefined) return this.#goOn(own, part);
      if (part === 'A' && this.#mayBegin() && this.#begin(entryIdOf(bytes, start, end))) return undefined;
    }
    this.#keep(bytes, start, end);
    return undefined;
  }

  /** To be called before the bytes of lines that were taken change. */
  settle(): void {
    for (const entry of this.#open) entry.settle();
  }

  /** Without a marker, nothing tells a real entry from one that stands in a body. */
  #mayBegin(): boolean {
    return this.#marker !== '' || this.body === undefined;
  }

  #begin(id: EntryId | undefined): boolean {
    if (id === undefined) return false;
    const around = this.#open.at(-1);
    if (this.#marker === '') this.#open.length = 0;
    if (this.#open.length === mostOpen) this.#open.splice(1, 1);
    this.#open.push(new OpenEntry(id, this.#marker, around));
    return true;
  }

  /** A boundary of an open entry: it is the one that goes on, or ends. */
  #goOn(own: OpenEntry, part: string): NativeEntry | undefined {
    if (this.#open.length > 1) this.#endWithin(own);
    if (this.#open.length === 1) this.#length = 0;
    own.enter(part);
    if (part !== 'Z') return undefined;
    this.#close(own);
    own.endWithin();
    return own.entry();
  }

  /** Ends those that began within an entry, and makes it the last again. */
  #endWithin(own: OpenEntry): void {
    for (const inner of this.#open.filter((entry) => entry.isWithin(own))) {
      inner.endWithin();
      this.#close(inner);
    }
    this.#close(own);
    this.#open.push(own);
  }

  #close(entry: OpenEntry): void {
    this.#open.splice(this.#open.indexOf(entry), 1);
    if (!this.isOpen) this.#length = 0;
  }

  #keep(bytes: Buffer, start: number, end: number): void {
    const last = this.#open.at(-1);
    if (last === undefined) return;
    this.#length += end - start + 1;
    if (!last.keep(bytes, start, end)) {
      last.endWithin();
      this.#close(last);
    }
    if (this.#length <= longestEntry) return;
    this.#length = 0;
    this.#open.shift();
  }
}
