/** How long after something new it is written, in milliseconds. */
const quietMs = 3000;
/** Of the time, the part that writing may take. */
const share = 0.05;

/** Writes something down again and again as it grows, so that a program that is killed leaves what it had. */
export class KeptSoFar {
  readonly #write: () => Promise<void>;
  #timer: NodeJS.Timeout | undefined;
  #writing: Promise<void> = Promise.resolve();
  #restUntil = 0;
  #hasEnded = false;

  /** @param write what fails is tried again later */
  constructor(write: () => Promise<void>) {
    this.#write = write;
  }

  /** There is something new. */
  touch(): void {
    if (this.#hasEnded || this.#timer !== undefined) return;
    this.#timer = setTimeout(() => this.#begin(), Math.max(quietMs, this.#restUntil - Date.now()));
    this.#timer.unref();
  }

  /** Nothing is written any more when this returns. */
  async end(): Promise<void> {
    this.#hasEnded = true;
    clearTimeout(this.#timer);
    await this.#writing;
  }

  #begin(): void {
    const began = Date.now();
    this.#writing = this.#write()
      .catch(() => undefined)
      .finally(() => {
        this.#timer = undefined;
        this.#restUntil = Date.now() + (Date.now() - began) / share;
      });
  }
}
