/** The bytes of a body as they go by, up to a limit. */
export class KeptBody {
  length = 0;
  readonly #limit: number;
  #kept: Buffer[] = [];
  #bytes = 0;

  /** @param limit how many bytes are kept */
  constructor(limit: number) {
    this.#limit = limit;
  }

  add(chunk: Buffer): void {
    this.length += chunk.length;
    const piece = chunk.subarray(0, this.#limit - this.#bytes);
    this.#bytes += piece.length;
    if (piece.length > 0) this.#kept.push(piece);
  }

  /** All of it; `undefined` where it is longer than what is kept. */
  whole(): Buffer | undefined {
    return this.length > this.#limit ? undefined : this.start();
  }

  /** What is kept of it. */
  start(): Buffer {
    this.#kept = [Buffer.concat(this.#kept)];
    return this.#kept[0] ?? Buffer.alloc(0);
  }
}
