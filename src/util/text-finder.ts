/** Letters and digits from the commonest in logs to the rarest. Whatever else a text may hold counts as common. */
const fromCommonest = 'etaionsrlcdu0-m21p6hfg4w3y975v8bzESTARIONLCDPUMWGHFBYVKXJQZxqkj';
/** Buffers find texts of up to 7 bytes by their first byte, which is 5 times as fast as what they do for longer ones. */
const mostSought = 7;

/**
 * Finds out which lines of a chunk hold a text. The lines are to be asked about in their order. Where the next place is, is
 * known from one line to the next, so that all of them take one search through the chunk; after a gap the line is
 * searched by itself.
 */
export class TextFinder {
  readonly #text: Buffer;
  /** The part of the text that is sought, from its rarest letter on, and where in the text it begins. */
  readonly #sought: Buffer;
  readonly #soughtAt: number;
  #chunk: Buffer | undefined;
  /** Where the line ended that was asked about last. */
  #asked = 0;
  #next = -1;

  constructor(text: string) {
    this.#text = Buffer.from(text);
    this.#soughtAt = rarestIn(this.#text);
    this.#sought = this.#text.subarray(this.#soughtAt, this.#soughtAt + mostSought);
  }

  /** Begins with another chunk, or with one whose bytes have changed. */
  begin(chunk: Buffer): void {
    this.#chunk = chunk;
    this.#asked = 0;
    this.#next = -1;
  }

  /** Whether the bytes from `start` up to `end` hold the text. They may be of another buffer than the chunk too. */
  isIn(bytes: Buffer, start: number, end: number): boolean {
    const last = end - this.#text.length;
    const gap = start - this.#asked;
    if (bytes === this.#chunk) this.#asked = end;
    if (bytes !== this.#chunk || (this.#next < start && gap > end - start)) {
      return this.#find(bytes.subarray(start, end), 0) <= last - start;
    }
    if (this.#next < start) this.#next = this.#find(bytes, start);
    return this.#next <= last;
  }

  #find(bytes: Buffer, from: number): number {
    const { length } = this.#text;
    for (let at = this.#seek(bytes, from); at >= 0; at = this.#seek(bytes, at + 1)) {
      if (at + length <= bytes.length && this.#text.compare(bytes, at, at + length) === 0) return at;
    }
    return Number.POSITIVE_INFINITY;
  }

  #seek(bytes: Buffer, from: number): number {
    const at = bytes.indexOf(this.#sought, from + this.#soughtAt);
    return at < 0 ? at : at - this.#soughtAt;
  }
}

/** Where the rarest letter stands; not at the end, since by itself any letter is frequent. */
function rarestIn(text: Buffer): number {
  const ranks = [...text.subarray(0, -1)].map((byte) => fromCommonest.indexOf(String.fromCharCode(byte)));
  return Math.max(0, ranks.indexOf(Math.max(...ranks)));
}
