import type { BigIntStats } from 'node:fs';
import { type FileHandle, open, stat } from 'node:fs/promises';
import type { Clock } from './clock.js';

/** Bytes that were added to a followed file. */
export interface Growth {
  /** Bytes of one stream belong together in this order; after a rotation or a truncation another stream begins. */
  readonly stream: object;
  /** Valid until the next piece is asked for: the memory is used again. */
  readonly bytes: Buffer;
}

/** One file, whatever path it lies under, read from an offset on. */
export class GrowingFile {
  readonly #handle: FileHandle;
  readonly #clock: Clock;
  #stream = {};
  #offset = 0;
  #grewAt: number;
  #closed = false;

  private constructor(handle: FileHandle, clock: Clock) {
    this.#handle = handle;
    this.#clock = clock;
    this.#grewAt = clock.now();
  }

  /** Fails with the system's error, or with an `Error` if the path is not a regular file (opening a FIFO would block). */
  static async open(path: string, clock: Clock): Promise<GrowingFile> {
    if (!(await stat(path)).isFile()) throw new Error(`${path} is not a regular file`);
    return new GrowingFile(await open(path, 'r'), clock);
  }

  async seek(from: 'end' | 'start' | number): Promise<void> {
    if (typeof from === 'number') this.#offset = from;
    else this.#offset = from === 'start' ? 0 : (await this.#handle.stat()).size;
  }

  /**
   * What was added, up to the end at the time of the call, so that it ends however fast others write. Read into `buffer`,
   * piece by piece. A truncated file is read again from its start.
   */
  async *growth(buffer: Buffer): AsyncGenerator<Growth, void, undefined> {
    const end = (await this.#whileOpen(() => this.#handle.stat()))?.size ?? 0;
    if (end < this.#offset) this.#startOver();
    while (this.#offset < end) {
      const growth = await this.#whileOpen(() => this.#read(buffer, end));
      if (growth === undefined) return;
      yield growth;
    }
  }

  /** Whether `path` still leads to this file; also while nothing lies there. */
  async liesAt(path: string): Promise<boolean> {
    const there = await statPresent(path);
    const here = await this.#whileOpen(() => this.#handle.stat({ bigint: true }));
    return there === undefined || here === undefined || (there.ino === here.ino && there.dev === here.dev);
  }

  /** Counts its quiet time from now on. */
  beginLinger(): void {
    this.#grewAt = this.#clock.now();
  }

  /** For how long nothing was added, in milliseconds. */
  quietMs(): number {
    return this.#clock.now() - this.#grewAt;
  }

  async close(): Promise<void> {
    this.#closed = true;
    await this.#handle.close();
  }

  /** `close` may come at any time: what it interrupts has no result. */
  async #whileOpen<T>(operation: () => Promise<T>): Promise<T | undefined> {
    if (this.#closed) return undefined;
    try {
      return await operation();
    } catch (error) {
      if (this.#closed) return undefined;
      throw error;
    }
  }

  async #read(buffer: Buffer, end: number): Promise<Growth | undefined> {
    const length = Math.min(buffer.length, end - this.#offset);
    const { bytesRead } = await this.#handle.read(buffer, 0, length, this.#offset);
    if (bytesRead === 0) return undefined;
    this.#offset += bytesRead;
    this.#grewAt = this.#clock.now();
    return { stream: this.#stream, bytes: buffer.subarray(0, bytesRead) };
  }

  #startOver(): void {
    this.#offset = 0;
    this.#stream = {};
  }
}

async function statPresent(path: string): Promise<BigIntStats | undefined> {
  return unlessAbsent(stat(path, { bigint: true }));
}

/** The result of a file operation; nothing where there is no such file. */
export async function unlessAbsent<T>(operation: Promise<T>): Promise<T | undefined> {
  try {
    return await operation;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw error;
  }
}
