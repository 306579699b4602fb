import type { FileHandle } from 'node:fs/promises';

/**
 * Appends lines to a file in the order in which they are given. Those that come while a write is under way go out
 * together in the next one, so many small lines cost few writes. After a failed write all others fail with its error.
 */
export class LineAppender {
  readonly #file: FileHandle;
  #held = '';
  #next: Promise<void> | undefined;
  #last: Promise<void> = Promise.resolve();

  constructor(file: FileHandle) {
    this.#file = file;
  }

  /** Resolves when the system has the line: from then on it outlives this process. */
  append(line: string): Promise<void> {
    this.#held += `${line}\n`;
    this.#next ??= this.#last.then(() => this.#write());
    this.#last = this.#next;
    return this.#next;
  }

  /** Waits for what is under way. */
  async close(): Promise<void> {
    await this.#last.catch(() => {});
    await this.#file.close();
  }

  async #write(): Promise<void> {
    const text = this.#held;
    this.#held = '';
    this.#next = undefined;
    await this.#file.appendFile(text);
  }
}
