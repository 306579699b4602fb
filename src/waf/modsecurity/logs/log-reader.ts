import type { LogItem, LogReader, LogRecord } from '../../../contract/log-record.js';
import { LineSplitter } from '../../../util/split-lines.js';
import { parseAuditJson } from './audit-json.js';
import { readNative } from './audit-native.js';
import { parseIndexLine } from './concurrent-index.js';
import { connectionsOfCut, errorLines, errorLinesInJson } from './error-lines.js';
import { ErrorTransactions, mayBeMarker } from './error-transactions.js';
import { asBuffer, asBytes } from './escapes.js';
import { NativeEntries } from './native-entries.js';
import { recogniseLine } from './recognise.js';

export interface LogReaderOptions {
  /** What the correlation ids of interest begin with; without it, everything in the log is. */
  readonly prefix?: string;
  /** The longest line that is read, in bytes; default 16 MiB. */
  readonly maxLineBytes?: number;
}

/** So many records are in no body: the entry that it belongs to was cut off, and what follows are other entries. */
const mostInBody = 8;
const defaultMaxLineBytes = 16 * 1024 * 1024;

/**
 * Reads one stream of a log of ModSecurity 2, libmodsecurity 3 or Coraza. Which of the formats it is, each line tells by
 * itself, so a log may change its format while it is read.
 */
export function createLogReader(options: LogReaderOptions = {}): LogReader {
  return new ModsecurityLogReader(options.prefix ?? '', options.maxLineBytes ?? defaultMaxLineBytes);
}

class ModsecurityLogReader implements LogReader {
  readonly #prefix: string;
  readonly #marker: Buffer;
  readonly #splitter: LineSplitter;
  readonly #entries: NativeEntries;
  readonly #transactions: ErrorTransactions;
  /** A body, and the records that stand in it. */
  #body: object | undefined;
  #inBody: LogRecord[] = [];

  constructor(prefix: string, maxLineBytes: number) {
    this.#prefix = prefix;
    this.#marker = Buffer.from(prefix);
    this.#splitter = new LineSplitter(maxLineBytes);
    this.#entries = new NativeEntries(prefix);
    this.#transactions = new ErrorTransactions(prefix);
  }

  get skipped(): number {
    return this.#splitter.skipped;
  }

  push(bytes: Uint8Array): readonly LogItem[] {
    const items: LogItem[] = [];
    for (const line of this.#splitter.push(bytes)) this.#read(withoutReturn(line), items);
    return items;
  }

  end(): readonly LogItem[] {
    return [...this.push(lineFeed), ...this.#transactions.end()];
  }

  /**
   * While an entry is open, lines of other formats count too: the entry may have been cut off, or made up by a client in
   * a log that shows what clients send. What stands in an entry without being one cannot know the prefix.
   */
  #read(line: Uint8Array, items: LogItem[]): void {
    const isAlone = !this.#entries.isOpen;
    const format = isAlone || this.#prefix !== '' ? recogniseLine(line) : 'native';
    if (!isAlone || format === 'native') this.#readNative(line, items);
    if (format === 'json') this.#readJson(line, items);
    else if (format === 'error') this.#readErrors(line, items);
    else if (format === 'concurrent-index') this.#readIndex(line, items);
    else if (format === undefined) this.#readCut(line, items);
  }

  #readNative(line: Uint8Array, items: LogItem[]): void {
    const entry = this.#entries.take(line);
    const record = entry === undefined ? undefined : readNative(entry, this.#prefix);
    if (record !== undefined) this.#accept(record, items);
  }

  /** What stands in a body is part of it, until too much stands there: then the body's own entry was cut off. */
  #accept(record: LogRecord, items: LogItem[]): void {
    const { body } = this.#entries;
    if (body === undefined) {
      items.push(record);
      return;
    }
    if (body !== this.#body) this.#inBody = [];
    this.#body = body;
    this.#inBody.push(record);
    if (this.#inBody.length < mostInBody) return;
    items.push(...this.#inBody);
    this.#inBody = [];
    this.#entries.leaveBody();
  }

  /** A line of a JSON audit log has the id in it; one of a server's JSON log has it only if a marker rule wrote it. */
  #readJson(line: Uint8Array, items: LogItem[]): void {
    const record = includes(line, this.#marker) ? parseAuditJson(line, this.#prefix) : undefined;
    if (record !== undefined) this.#accept(record, items);
    else if (!isAuditJson(line) && includes(line, corazaWords)) this.#takeErrors(errorLinesInJson(line), true, items);
    else this.#readCut(line, items);
  }

  #readErrors(line: Uint8Array, items: LogItem[]): void {
    const text = asBytes(line);
    const lines = errorLines(text);
    this.#takeErrors(lines, mayBeMarker(text) && text.includes(this.#prefix), items);
    if (lines.length === 0) this.#readCut(line, items);
  }

  /** A part of an error log's line, or one after the unfinished line of another program. */
  #readCut(line: Uint8Array, items: LogItem[]): void {
    if (!this.#transactions.isUnderWay) return;
    for (const connection of connectionsOfCut(asBytes(line))) items.push(...this.#transactions.takeCut(connection));
  }

  #takeErrors(lines: ReturnType<typeof errorLines>, isMarker: boolean, items: LogItem[]): void {
    for (const line of lines) items.push(...this.#transactions.take(line, isMarker));
  }

  #readIndex(line: Uint8Array, items: LogItem[]): void {
    const file = parseIndexLine(asBytes(line));
    if (file !== undefined) items.push(file);
  }
}

const lineFeed = Buffer.from('\n');
const carriageReturn = 0x0d;
const corazaWords = Buffer.from('] Coraza: ');

function withoutReturn(line: Uint8Array): Uint8Array {
  return line[line.length - 1] === carriageReturn ? line.subarray(0, -1) : line;
}

/** On the line alone: on the whole chunk, `indexOf` would scan to the chunk's end for every line without the marker. */
function includes(line: Uint8Array, marker: Buffer): boolean {
  return marker.length === 0 || asBuffer(line).includes(marker);
}

/** How each engine begins the lines of its JSON audit log. */
const auditStart = Buffer.from('{"transaction":');

function isAuditJson(line: Uint8Array): boolean {
  const { length } = auditStart;
  return line.length >= length && asBuffer(line).compare(auditStart, 0, length, 0, length) === 0;
}
