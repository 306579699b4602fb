import { closeSync, writeSync } from 'node:fs';

/** What waits is written when it has become so long, in characters. */
const mostWaiting = 64 * 1024;

/**
 * Appends lines to a file: a small write to a file costs less than handing it to another thread, and one of many lines not much
 * more than one of a single line. After a failed write, which may have left half a line, all others fail with its error.
 */
export class LineAppender {
  readonly #file: number;
  #waiting = '';
  #failure: { readonly cause: unknown } | undefined;

  /** @param file a descriptor that is open for appending; the appender owns it from now on */
  constructor(file: number) {
    this.#file = file;
  }

  /** When it returns, the system has the line, and all before it: from then on it outlives this process. */
  append(line: string): void {
    this.appendSoon(line);
    this.flush();
  }

  /** The system has the line when the work that waits at present has had its turn, or with the next one that is appended. */
  appendSoon(line: string): void {
    this.#throwFailure();
    if (this.#waiting === '') setImmediate(() => this.#write());
    this.#waiting += `${line}\n`;
    if (this.#waiting.length >= mostWaiting) this.flush();
  }

  /** When it returns, the system has all that was appended. */
  flush(): void {
    this.#write();
    this.#throwFailure();
  }

  /** Writes what waits as far as it can be written. */
  close(): void {
    this.#write();
    closeSync(this.#file);
  }

  #throwFailure(): void {
    if (this.#failure !== undefined) throw this.#failure.cause;
  }

  #write(): void {
    const lines = this.#waiting;
    this.#waiting = '';
    if (lines === '' || this.#failure !== undefined) return;
    try {
      const bytes = Buffer.from(lines);
      for (let at = 0; at < bytes.length; ) at += writeSync(this.#file, bytes, at);
    } catch (cause) {
      this.#failure = { cause };
    }
  }
}
