import type { StreamItem } from '../../contract/log-record.js';
import type { LogItem, LogReader } from '../../contract/log-source.js';
import { asBuffer } from '../../util/split-lines.js';
import { CsvRows, isCsvHeader } from './csv-rows.js';
import { Decoder } from './decoder.js';
import { Documents } from './documents.js';
import { JournalExport } from './journal-export.js';
import { type CreateReader, UnwrappingReader } from './unwrapping-reader.js';

/** Makes lines of a stream that has none. */
interface Framing {
  push(bytes: Uint8Array): Uint8Array;
}

const lines: Framing = { push: (bytes) => bytes };

/**
 * Reads one stream of a log, whatever collectors of logs made of it: wrapped lines, JSON that is not a line each, the export
 * of the systemd journal. What it is, its beginning tells.
 * @param create makes a reader of the log itself
 */
export function readUnwrapped<R extends StreamItem>(create: CreateReader<R>): LogReader<R> {
  return new FramedReader(new UnwrappingReader({ create, around: [], depth: { known: undefined } }));
}

class FramedReader<R extends StreamItem> implements LogReader<R> {
  readonly #reader: LogReader<R>;
  readonly #decoder = new Decoder();
  #framing: Framing | undefined;
  /** What came before it was known how the stream is framed. */
  #begun: Uint8Array[] = [];

  constructor(reader: LogReader<R>) {
    this.#reader = reader;
  }

  get skipped(): number {
    return this.#reader.skipped;
  }

  get formats(): readonly string[] {
    return this.#reader.formats ?? [];
  }

  push(bytes: Uint8Array): Iterable<LogItem<R>> {
    const text = this.#decoder.push(bytes);
    if (this.#framing === lines) return this.#reader.push(text);
    return this.#read(this.#framed(text, false));
  }

  end(): readonly LogItem<R>[] {
    const rest = [...this.push(this.#decoder.end())];
    return [...rest, ...this.#read(this.#framed(noBytes, true)), ...this.#reader.end()];
  }

  /** What has no lines of its own tells none. */
  #read(bytes: Uint8Array): readonly LogItem<R>[] {
    const items = [...this.#reader.push(bytes)];
    return this.#framing === lines ? items : items.map(withoutLine);
  }

  #framed(bytes: Uint8Array, isEnd: boolean): Uint8Array {
    if (this.#framing !== undefined) return this.#framing.push(isEnd ? lineFeed : bytes);
    const begun = Buffer.concat([...this.#begun, bytes]);
    this.#framing = framingOf(begun, isEnd);
    this.#begun = this.#framing === undefined ? [begun] : [];
    return this.#framing?.push(begun) ?? noBytes;
  }
}

function withoutLine<R extends StreamItem>(item: LogItem<R>): LogItem<R> {
  return 'entryFile' in item || item.line === undefined ? item : { ...item, line: undefined };
}

const noBytes = Buffer.alloc(0);
const lineFeed = Buffer.from('\n');
/** Longer than what decides. */
const mostUndecided = 16 * 1024 * 1024;

/** How a stream with this beginning is framed; nothing where more of it is needed. */
function framingOf(begun: Uint8Array, isEnd: boolean): Framing | undefined {
  const bytes = asBuffer(begun);
  const feed = bytes.indexOf('\n');
  const first = bytes.toString('latin1', 0, 2).trimStart().charAt(0);
  if (first !== '{' && first !== '[' && first !== '_')
    return isEnd || feed >= 0 ? tableOrLines(bytes, feed) : undecided(bytes);
  if (feed < 0 && !isEnd && bytes.length < mostUndecided) return isRun(bytes) ? new Documents() : undefined;
  const line = bytes.subarray(0, feed < 0 ? bytes.length : feed);
  if (/^_[A-Z_]+=/.test(line.toString('latin1', 0, 64))) return new JournalExport();
  return first === '_' || isRecord(line) || !isOpening(line) ? lines : new Documents();
}

function tableOrLines(bytes: Buffer, feed: number): Framing {
  const line = bytes.toString('utf8', 0, Math.min(feed < 0 ? bytes.length : feed, longestHeader));
  return isCsvHeader(line) ? new CsvRows() : lines;
}

const longestHeader = 4096;

/** A first line that is longer than names of columns are. */
function undecided(bytes: Buffer): Framing | undefined {
  return bytes.length > longestHeader ? lines : undefined;
}

/** Objects follow one another without a line feed. */
function isRun(bytes: Buffer): boolean {
  return bytes.includes('}{"');
}

/** One value; a list of nothing but objects is a list of records. */
function isRecord(line: Buffer): boolean {
  try {
    const value: unknown = JSON.parse(line.toString('utf8'));
    return !Array.isArray(value) || value.some((item) => typeof item !== 'object' || Array.isArray(item));
  } catch {
    return false;
  }
}

/** `{`, `[` or an object that goes on: other lines begin with a bracket too. */
function isOpening(line: Buffer): boolean {
  const text = line.toString('latin1', 0, 300).trim();
  return /^(?:\[?\s*)?(?:\{\s*"|\{$)|^\[$/.test(text);
}
