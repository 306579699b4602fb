import { randomUUID } from 'node:crypto';
import { closeSync, openSync, readSync, unlinkSync, writeSync } from 'node:fs';
import { join } from 'node:path';

/** Where a list goes that outgrows memory. */
export interface Spill {
  /** The folder that it lies in; the file loses its name at once, so it is gone with the process, however that ends. */
  readonly folder: string;
  /** How many bytes of JSON memory holds; more go to the disk. */
  readonly memoryBytes?: number;
}

const defaultMemoryBytes = 32 * 1024 * 1024;
const chunkBytes = 1024 * 1024;
const lineFeed = 0x0a;

/**
 * Values of JSON in the order in which they were added, any number of them: as they are while they are few, and as lines of a
 * file that are read back one by one where they are many.
 */
export class SpilledList<T> implements Iterable<T> {
  readonly #folder: string;
  readonly #memoryBytes: number;
  #kept: T[] = [];
  #lines: string[] = [];
  #bytes = 0;
  #written = 0;
  #file: number | undefined;

  constructor({ folder, memoryBytes = defaultMemoryBytes }: Spill) {
    this.#folder = folder;
    this.#memoryBytes = memoryBytes;
  }

  /** @throws the error of the file system where the disk does not take it */
  add(value: T): void {
    const line = JSON.stringify(value);
    this.#bytes += line.length;
    if (this.#file === undefined && this.#bytes <= this.#memoryBytes) return void this.#kept.push(value);
    this.#file ??= this.#spill();
    this.#lines.push(line);
    if (this.#bytes >= chunkBytes) this.#flush(this.#file);
  }

  *[Symbol.iterator](): Generator<T, void, undefined> {
    if (this.#file === undefined) return yield* this.#kept;
    this.#flush(this.#file);
    // What stands there was written from a `T`, by this list.
    for (const line of linesOf(this.#file, this.#written)) yield JSON.parse(line) as T;
  }

  /** Frees what it holds; nothing can be read from it afterwards. */
  close(): void {
    if (this.#file !== undefined) closeSync(this.#file);
    this.#file = undefined;
    this.#kept = [];
    this.#lines = [];
  }

  #spill(): number {
    const path = join(this.#folder, `.wafproof-${randomUUID()}.tmp`);
    const file = openSync(path, 'wx+', 0o600);
    unlinkSync(path);
    for (const value of this.#kept) this.#lines.push(JSON.stringify(value));
    this.#kept = [];
    this.#flush(file);
    return file;
  }

  #flush(file: number): void {
    if (this.#lines.length === 0) return;
    const bytes = Buffer.from(`${this.#lines.join('\n')}\n`);
    for (let at = 0; at < bytes.length; ) at += writeSync(file, bytes, at, bytes.length - at, this.#written + at);
    this.#written += bytes.length;
    this.#lines = [];
    this.#bytes = 0;
  }
}

/** The lines of the first bytes of a file. */
function* linesOf(file: number, length: number): Generator<string, void, undefined> {
  let rest = Buffer.alloc(0);
  for (let at = 0; at < length; ) {
    const chunk = Buffer.alloc(Math.min(chunkBytes, length - at));
    at += readSync(file, chunk, 0, chunk.length, at);
    const bytes = Buffer.concat([rest, chunk]);
    let start = 0;
    for (let end = bytes.indexOf(lineFeed); end !== -1; end = bytes.indexOf(lineFeed, start)) {
      yield bytes.toString('utf8', start, end);
      start = end + 1;
    }
    rest = bytes.subarray(start);
  }
}
