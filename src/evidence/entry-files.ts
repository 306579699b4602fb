import { readdir, readFile, stat } from 'node:fs/promises';
import { dirname, isAbsolute, join } from 'node:path';
import type { LogRecord } from '../contract/log-record.js';
import type { EntryFile, LogItem, LogReader } from '../contract/log-source.js';
import { unlessAbsent } from '../util/growing-file.js';

const mostFolders = 64;
/** As large as the entry of a request can be, in bytes. */
const largestEntry = 64 * 1024 * 1024;

/** Reads entries that stand in files of their own. */
export class EntryFiles<R extends LogRecord> {
  readonly #finder: EntryFinder;
  readonly #createReader: () => LogReader<R>;

  constructor(index: string, createReader: () => LogReader<R>) {
    this.#finder = new EntryFinder(index);
    this.#createReader = createReader;
  }

  /** The records of an entry; none if its file is nowhere. */
  async read(path: string): Promise<readonly R[]> {
    const bytes = await this.#finder.find(path);
    return bytes === undefined ? [] : recordsIn(bytes, this.#createReader());
  }
}

/**
 * Finds entries that stand in files of their own. An index names them by absolute paths, or by paths in a folder that it does
 * not name: that is looked for beside the index.
 */
export class EntryFinder {
  readonly #index: string;
  /** Folder in which the last entry was found. */
  #folder: string | undefined;

  constructor(index: string) {
    this.#index = index;
  }

  /** The bytes of an entry; nothing if its file is nowhere. */
  async find(path: string): Promise<Uint8Array | undefined> {
    for (const folder of await this.#candidates()) {
      const file = folder === '' && isAbsolute(path) ? path : join(folder, path);
      const bytes = await readIfThere(file);
      if (bytes === undefined) continue;
      this.#folder = folder;
      return bytes;
    }
    return undefined;
  }

  async #candidates(): Promise<readonly string[]> {
    if (this.#folder !== undefined) return [this.#folder];
    const beside = dirname(this.#index);
    const entries = (await unlessAbsent(readdir(beside, { withFileTypes: true }))) ?? [];
    const folders = entries.filter((entry) => entry.isDirectory()).slice(0, mostFolders);
    return ['', beside, ...folders.map(({ name }) => join(beside, name))];
  }
}

/** What an index names may be anything: reading a FIFO or a device would not end. */
async function readIfThere(file: string): Promise<Uint8Array | undefined> {
  const found = await stat(file).catch(() => undefined);
  return found?.isFile() === true && found.size <= largestEntry ? readFile(file).catch(() => undefined) : undefined;
}

/** The records of a whole file. */
export function recordsIn<R extends LogRecord>(bytes: Uint8Array, reader: LogReader<R>): readonly R[] {
  return recordsOnly([...reader.push(bytes), ...reader.end()]);
}

/** What is no name of another file. */
export function recordsOnly<R extends LogRecord>(items: Iterable<LogItem<R>>): readonly R[] {
  return [...items].flatMap((item) => (isEntryFile(item) ? [] : [item]));
}

export function isEntryFile(item: LogItem): item is EntryFile {
  return 'entryFile' in item;
}
