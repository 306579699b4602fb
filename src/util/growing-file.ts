import { type BigIntStats, closeSync, fstatSync, openSync, readSync, statSync } from 'node:fs';
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Clock } from './clock.js';

/** Bytes that were added to a followed file. */
export interface Growth {
  /** Bytes of one stream belong together in this order; after a rotation or a truncation another stream begins. */
  readonly stream: object;
  /** Valid until the next piece is asked for: the memory is used again. */
  readonly bytes: Buffer;
}

/**
 * One file, whatever path it lies under, read from an offset on. It is asked many times a second and seldom has much to
 * tell, so that waiting for another thread would cost ten times as much as the reading.
 */
export class GrowingFile {
  readonly #file: number;
  readonly #place: Place;
  readonly #clock: Clock;
  #stream = {};
  #offset = 0;
  #grewAt: number;
  #closed = false;

  private constructor(file: number, clock: Clock) {
    this.#file = file;
    this.#place = fstatSync(file, { bigint: true });
    this.#clock = clock;
    this.#grewAt = clock.now();
  }

  /** @throws the system's error, or an `Error` if the path is not a regular file (opening a FIFO would block) */
  static open(path: string, clock: Clock): GrowingFile {
    if (!statSync(path).isFile()) throw new Error(`${path} is not a regular file`);
    return new GrowingFile(openSync(path, 'r'), clock);
  }

  seek(from: 'end' | 'start' | number): void {
    if (typeof from === 'number') this.#offset = from;
    else this.#offset = from === 'start' ? 0 : fstatSync(this.#file).size;
  }

  /**
   * What was added, up to the end at the time of the call, so that it ends however fast others write. Read into `buffer`,
   * piece by piece; between two pieces others have their turn. A truncated file is read again from its start.
   * @param there what lies under a path, which tells the size where it is this file
   */
  async *growth(buffer: Buffer, there?: BigIntStats): AsyncGenerator<Growth, void, undefined> {
    if (this.#closed) return;
    const end = there !== undefined && this.is(there) ? Number(there.size) : fstatSync(this.#file).size;
    if (end < this.#offset) this.#startOver();
    for (let isFirst = true; this.#offset < end; isFirst = false) {
      if (!isFirst) await nextTurn();
      const growth = this.#closed ? undefined : this.#read(buffer, end);
      if (growth === undefined) return;
      yield growth;
    }
  }

  /** Whether it is this file that lies somewhere. */
  is({ ino, dev }: Place): boolean {
    return ino === this.#place.ino && dev === this.#place.dev;
  }

  /** Counts its quiet time from now on. */
  beginLinger(): void {
    this.#grewAt = this.#clock.now();
  }

  /** For how long nothing was added, in milliseconds. */
  quietMs(): number {
    return this.#clock.now() - this.#grewAt;
  }

  /** Ends a `growth` under way at its next step. */
  close(): void {
    if (!this.#closed) closeSync(this.#file);
    this.#closed = true;
  }

  #read(buffer: Buffer, end: number): Growth | undefined {
    const length = Math.min(buffer.length, end - this.#offset);
    const count = readSync(this.#file, buffer, 0, length, this.#offset);
    if (count === 0) return undefined;
    this.#offset += count;
    this.#grewAt = this.#clock.now();
    return { stream: this.#stream, bytes: buffer.subarray(0, count) };
  }

  #startOver(): void {
    this.#offset = 0;
    this.#stream = {};
  }
}

type Place = Pick<BigIntStats, 'ino' | 'dev'>;

/** The file under a path; nothing where there is no such file. */
export function openIfThere(path: string, clock: Clock): GrowingFile | undefined {
  try {
    return GrowingFile.open(path, clock);
  } catch (error) {
    if (isAbsence(error)) return undefined;
    throw error;
  }
}

/** The result of a file operation; nothing where there is no such file. */
export async function unlessAbsent<T>(operation: Promise<T>): Promise<T | undefined> {
  try {
    return await operation;
  } catch (error) {
    if (isAbsence(error)) return undefined;
    throw error;
  }
}

function isAbsence(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ENOENT';
}
