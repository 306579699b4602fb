import { appendFileSync, closeSync } from 'node:fs';

/**
 * Appends lines to a file, each at once: a small write to a file costs less than handing it to another thread. After a
 * failed write, which may have left half a line, all others fail with its error.
 */
export class LineAppender {
  readonly #file: number;
  #failure: { readonly cause: unknown } | undefined;

  /** @param file a descriptor that is open for appending; the appender owns it from now on */
  constructor(file: number) {
    this.#file = file;
  }

  /** When it returns, the system has the line: from then on it outlives this process. */
  append(line: string): void {
    if (this.#failure !== undefined) throw this.#failure.cause;
    try {
      appendFileSync(this.#file, `${line}\n`);
    } catch (cause) {
      this.#failure = { cause };
      throw cause;
    }
  }

  close(): void {
    closeSync(this.#file);
  }
}
