const newline = 0x0a;

/** What is done with a line: the bytes from `start` up to `end`. They are valid until it returns. */
export type TakeLine = (bytes: Buffer, start: number, end: number) => void;

/**
 * Cuts a stream of byte chunks into lines, whatever the chunking. Memory is bounded by `maxLength`: a longer line is
 * skipped, not cut, and counted.
 */
export class LineSplitter {
  readonly #maxLength: number;
  #pieces: Uint8Array[] = [];
  #length = 0;
  #skipped = 0;
  #count = 0;

  /** @param maxLength the longest line that is kept, in bytes without its line feed */
  constructor(maxLength: number) {
    this.#maxLength = maxLength;
  }

  /** How many lines there were so far, with those that were too long. */
  get count(): number {
    return this.#count;
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

  /** Hands out the same lines without an object for each: most lines of a log are only looked at. */
  each(chunk: Buffer, take: TakeLine): void {
    let start = this.#length === 0 ? 0 : this.#first(chunk, take);
    for (let end = chunk.indexOf(newline, start); end !== -1; end = chunk.indexOf(newline, start)) {
      this.#count++;
      if (end - start > this.#maxLength) this.#skipped++;
      else take(chunk, start, end);
      start = end + 1;
    }
    this.#keep(chunk.subarray(start));
  }

  /** The unfinished line so far, which is forgotten. */
  takeRest(): Buffer {
    return Buffer.concat(this.#takePieces());
  }

  /** Completes the line that earlier chunks began. Tells where the next one begins, or the chunk's end. */
  #first(chunk: Buffer, take: TakeLine): number {
    const end = chunk.indexOf(newline);
    if (end === -1) return 0;
    const line = this.#complete(chunk.subarray(0, end));
    if (line !== undefined) take(asBuffer(line), 0, line.length);
    return end + 1;
  }

  #complete(tail: Uint8Array): Uint8Array | undefined {
    this.#count++;
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
    else if (tail.length > 0) this.#pieces.push(Buffer.from(tail));
  }
}

/** Pieces of a chunk, each of which ends with a line and is not much longer than `length` unless that line is. */
export function* wholeLines(chunk: Buffer, length: number): Generator<Buffer, void, undefined> {
  for (let start = 0; start < chunk.length; ) {
    const feed = chunk.indexOf(newline, start + length);
    const end = feed === -1 ? chunk.length : feed + 1;
    yield chunk.subarray(start, end);
    start = end;
  }
}

/** The same bytes, with the methods of a buffer; nothing is copied. */
export function asBuffer(bytes: Uint8Array): Buffer {
  return Buffer.isBuffer(bytes) ? bytes : Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
