/**
 * Lines of one part of an entry, one character a byte. As long as they follow one another in one buffer they are only
 * marked there, and decoded together when the text is asked for or the buffer is about to be used again.
 */
export class PartText {
  #text = '';
  #bytes: Buffer | undefined;
  #start = 0;
  #end = 0;

  get isEmpty(): boolean {
    return this.#bytes === undefined && this.#text === '';
  }

  /** Adds the line from `start` up to `end`. */
  add(bytes: Buffer, start: number, end: number): void {
    if (bytes === this.#bytes && start === this.#end + 1) {
      this.#end = end;
      return;
    }
    this.settle();
    this.#bytes = bytes;
    this.#start = start;
    this.#end = end;
  }

  /** To be called before the bytes of added lines change. */
  settle(): void {
    if (this.#bytes === undefined) return;
    const text = this.#bytes.toString('latin1', this.#start, this.#end);
    this.#text = this.#text === '' ? text : `${this.#text}\n${text}`;
    this.#bytes = undefined;
  }

  /** The lines, with line feeds between them. */
  toString(): string {
    this.settle();
    return this.#text;
  }
}
