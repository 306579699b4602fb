const newline = 0x0a;

/**
 * Cuts a stream of byte chunks into lines, whatever the chunking. Memory is bounded by `maxLength`: a longer line is
 * skipped, not cut, and counted.
 */
export class LineSplitter {
  readonly #maxLength: number;
  #pieces: Uint8Array[] = [];
  #length = 0;
  #skipped = 0;

  /** @param maxLength the longest line that is kept, in bytes without its line feed */
  constructor(maxLength: number) {
    this.#maxLength = maxLength;
  }

  /** How many lines were too long so far. */
  get skipped(): number {
    return this.#skipped;
  }

  /**
   * The lines that `chunk` completes, without their line feed. A line may be a view of `chunk`, so it is valid only until
   * the chunk's memory is used again.
   */
  *push(chunk: Uint8Array): Generator<Uint8Array, void, undefined> {
    let start = 0;
    for (let end = chunk.indexOf(newline); end !== -1; end = chunk.indexOf(newline, start)) {
      const line = this.#complete(chunk.subarray(start, end));
      start = end + 1;
      if (line !== undefined) yield line;
    }
    this.#keep(chunk.subarray(start));
  }

  #complete(tail: Uint8Array): Uint8Array | undefined {
    const length = this.#length + tail.length;
    const pieces = this.#length === 0 ? undefined : this.#takePieces();
    if (length > this.#maxLength) {
      this.#skipped++;
      return undefined;
    }
    return pieces === undefined ? tail : Buffer.concat([...pieces, tail], length);
  }

  #takePieces(): readonly Uint8Array[] {
    const pieces = this.#pieces;
    this.#pieces = [];
    this.#length = 0;
    return pieces;
  }

  /** Copies the unfinished line: the caller may use the chunk's memory again. */
  #keep(tail: Uint8Array): void {
    this.#length += tail.length;
    if (this.#length > this.#maxLength) this.#pieces = [];
    else if (tail.length > 0) this.#pieces.push(Uint8Array.from(tail));
  }
}
