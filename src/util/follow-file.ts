import { type Clock, monotonicClock } from './clock.js';
import { GrowingFile, type Growth, unlessAbsent } from './growing-file.js';

export interface FollowOptions {
  /** Where to begin: the file's present end, its start, or an offset in bytes. */
  readonly from: 'end' | 'start' | number;
  /** Wait for the file to appear, and read it from its start, instead of failing with `ENOENT`. */
  readonly mayBeAbsent?: boolean;
  readonly clock?: Clock;
}

/** How much is read at once, in bytes: each reading has a price of its own, and 4 MB no longer stay near the processor. */
const chunkBytes = 1024 * 1024;
/** How long a rotated file is read on after its last growth: its writers let go of it only when they are told to. */
const lingerMs = 10_000;
/** How many rotated files are read on at most. */
const maxRotated = 4;

/**
 * Begins to follow a file that another program writes. Fails with the system's error if the file cannot be opened, or
 * with an `Error` if it is not a regular file.
 */
export async function followFile(path: string, options: FollowOptions): Promise<FollowedFile> {
  const clock = options.clock ?? monotonicClock;
  const opening = GrowingFile.open(path, clock);
  const file = await (options.mayBeAbsent === true ? unlessAbsent(opening) : opening);
  await file?.seek(options.from);
  return new FollowedFile(path, file, clock);
}

/**
 * A growing file under one path. It survives truncation (read again from the start) and rotation (another file takes the
 * path: that is read from its start, and the old one is read on while it grows). A file that is truncated and grows past
 * the place where it was read, all between two readings, cannot be told from one that only grew; a file that comes under
 * the path and leaves it between two readings is missed.
 */
export class FollowedFile {
  readonly #path: string;
  readonly #clock: Clock;
  readonly #buffer = Buffer.allocUnsafeSlow(chunkBytes);
  #rotated: readonly GrowingFile[] = [];
  #current: GrowingFile | undefined;
  #closed = false;

  constructor(path: string, current: GrowingFile | undefined, clock: Clock) {
    this.#path = path;
    this.#current = current;
    this.#clock = clock;
  }

  /**
   * What was added since the last call, up to the present end: it ends however fast others write. For one caller at a
   * time, who asks again when it likes. Ends early after `close`.
   */
  async *growth(): AsyncGenerator<Growth, void, undefined> {
    for (const file of this.#rotated) yield* this.#read(file);
    if (this.#current !== undefined) yield* this.#read(this.#current);
    await this.#letGo();
    const next = await this.#successor();
    if (next === undefined) return;
    await this.#takeUp(next);
    yield* this.#read(next);
  }

  /** Ends a `growth` under way at its next step, and lets go of the files. */
  async close(): Promise<void> {
    this.#closed = true;
    const files = this.#current === undefined ? this.#rotated : [...this.#rotated, this.#current];
    this.#rotated = [];
    this.#current = undefined;
    await Promise.all(files.map((file) => file.close()));
  }

  async *#read(file: GrowingFile): AsyncGenerator<Growth, void, undefined> {
    if (!this.#closed) yield* file.growth(this.#buffer);
  }

  /** Another file than the present one that has come to lie under the path. */
  async #successor(): Promise<GrowingFile | undefined> {
    if (this.#closed || (await this.#current?.liesAt(this.#path)) === true) return undefined;
    const next = await unlessAbsent(GrowingFile.open(this.#path, this.#clock));
    if (!this.#closed) return next;
    await next?.close();
    return undefined;
  }

  async #takeUp(next: GrowingFile): Promise<void> {
    this.#current?.beginLinger();
    const old = this.#current === undefined ? this.#rotated : [...this.#rotated, this.#current];
    this.#rotated = old.slice(-maxRotated);
    this.#current = next;
    await Promise.all(old.slice(0, -maxRotated).map((file) => file.close()));
  }

  async #letGo(): Promise<void> {
    const done = this.#rotated.filter((file) => file.quietMs() > lingerMs);
    this.#rotated = this.#rotated.filter((file) => !done.includes(file));
    await Promise.all(done.map((file) => file.close()));
  }
}
