import type { Dirent } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { LogRecord } from '../contract/log-record.js';
import type { LogReader, LogSource } from '../contract/log-source.js';
import { unlessAbsent } from '../util/growing-file.js';
import { recordsIn } from './entry-files.js';
import { promptDelay } from './log-delay.js';

export interface FolderLogOptions<R extends LogRecord> {
  /** The folder below which each entry has a file: `20261122/20261122-2056/20261122-205615-<id>`. */
  readonly path: string;
  readonly createReader: () => LogReader<R>;
  /** Default `end`: only entries that come from now on. */
  readonly from?: 'end' | 'start';
}

/** Days and minutes are folders; only the latest are looked into again and again. */
const latest = [
  { name: /^\d{8}$/, count: 2 },
  { name: /^\d{8}-\d{4}$/, count: 3 },
];
const deepest = 4;

/** Reads concurrent audit log entries as their files appear. */
export async function createFolderLogSource<R extends LogRecord>(options: FolderLogOptions<R>): Promise<LogSource<R>> {
  const log = new FolderLog(options);
  await log.begin(options.from ?? 'end');
  return log;
}

class FolderLog<R extends LogRecord> implements LogSource<R> {
  readonly delay = promptDelay;
  readonly #path: string;
  readonly #createReader: () => LogReader<R>;
  /** Sizes of the files as they were last read; a file that has not grown since is whole. */
  #sizes = new Map<string, number>();
  #all = false;
  #closed = false;

  constructor({ path, createReader }: FolderLogOptions<R>) {
    this.#path = path;
    this.#createReader = createReader;
  }

  async begin(from: 'end' | 'start'): Promise<void> {
    this.#all = from === 'start';
    if (from === 'start') return;
    for (const file of await this.#files(this.#path, 0)) this.#sizes.set(file, Number.POSITIVE_INFINITY);
  }

  async *records(): AsyncGenerator<R, void, undefined> {
    const files = await this.#files(this.#path, 0);
    this.#all = false;
    const sizes = new Map<string, number>();
    for (const file of files) {
      if (this.#closed) return;
      const before = this.#sizes.get(file);
      if (before === Number.POSITIVE_INFINITY) sizes.set(file, before);
      else yield* this.#read(file, before, sizes);
    }
    this.#sizes = sizes;
  }

  async close(): Promise<void> {
    this.#closed = true;
  }

  /** An entry may be read while it is being written: it is read again until it gives a record, or stops growing. */
  async *#read(file: string, before: number | undefined, sizes: Map<string, number>) {
    const bytes = await readFile(file).catch(() => undefined);
    if (bytes === undefined) return;
    const records = bytes.length === before ? [] : recordsIn(bytes, this.#createReader());
    const done = records.length > 0 || (bytes.length === before && bytes.length > 0);
    sizes.set(file, done ? Number.POSITIVE_INFINITY : bytes.length);
    yield* records;
  }

  async #files(folder: string, depth: number): Promise<readonly string[]> {
    const entries = (await unlessAbsent(readdir(folder, { withFileTypes: true }))) ?? [];
    const files = entries.filter((entry) => entry.isFile()).map(({ name }) => join(folder, name));
    const folders = depth === deepest ? [] : this.#worthLooking(entries.filter((entry) => entry.isDirectory()));
    const inner = await Promise.all(folders.map(({ name }) => this.#files(join(folder, name), depth + 1)));
    return [...(depth === 0 ? [] : files), ...inner.flat()];
  }

  #worthLooking(folders: readonly Dirent[]): readonly Dirent[] {
    if (this.#all) return folders;
    const dated = latest.flatMap(({ name, count }) => {
      const named = folders.filter((folder) => name.test(folder.name));
      return named.sort((a, b) => (a.name < b.name ? -1 : 1)).slice(-count);
    });
    return [...folders.filter((folder) => !latest.some(({ name }) => name.test(folder.name))), ...dated];
  }
}
