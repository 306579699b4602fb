import { type BigIntStats, statSync } from 'node:fs';
import { type Clock, monotonicClock } from './clock.js';
import { GrowingFile, type Growth, openIfThere } from './growing-file.js';

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
export function followFile(
  path: string,
  { from, mayBeAbsent = false, clock = monotonicClock }: FollowOptions,
): FollowedFile {
  const file = mayBeAbsent ? openIfThere(path, clock) : GrowingFile.open(path, clock);
  file?.seek(from);
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
    const there = statSync(this.#path, { bigint: true, throwIfNoEntry: false });
    if (this.#current !== undefined) yield* this.#read(this.#current, there);
    this.#letGo();
    if (this.#closed || there === undefined || this.#current?.is(there) === true) return;
    const next = openIfThere(this.#path, this.#clock);
    if (next === undefined) return;
    this.#takeUp(next);
    yield* this.#read(next);
  }

  /** Ends a `growth` under way at its next step, and lets go of the files. */
  close(): void {
    this.#closed = true;
    for (const file of this.#rotated) file.close();
    this.#current?.close();
    this.#rotated = [];
    this.#current = undefined;
  }

  async *#read(file: GrowingFile, there?: BigIntStats): AsyncGenerator<Growth, void, undefined> {
    if (!this.#closed) yield* file.growth(this.#buffer, there);
  }

  #takeUp(next: GrowingFile): void {
    this.#current?.beginLinger();
    const old = this.#current === undefined ? this.#rotated : [...this.#rotated, this.#current];
    for (const file of old.slice(0, -maxRotated)) file.close();
    this.#rotated = old.slice(-maxRotated);
    this.#current = next;
  }

  #letGo(): void {
    const done = this.#rotated.filter((file) => file.quietMs() > lingerMs);
    if (done.length === 0) return;
    this.#rotated = this.#rotated.filter((file) => !done.includes(file));
    for (const file of done) file.close();
  }
}
