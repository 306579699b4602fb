import type { LogItem, LogReader } from '../../../contract/log-source.js';
import { asBuffer, LineSplitter } from '../../../util/split-lines.js';
import { TextFinder } from '../../../util/text-finder.js';
import type { Writable } from '../../../util/writable.js';
import type { ModsecurityRecord } from '../log-record.js';
import { parseAuditJson } from './audit-json.js';
import { readNative } from './audit-native.js';
import { parseIndexLine } from './concurrent-index.js';
import { connectionsOfCut, errorLines } from './error-lines.js';
import { ErrorTransactions, markerRuleText } from './error-transactions.js';
import { asBytes } from './escapes.js';
import { NativeEntries } from './native-entries.js';
import { LineFormats } from './recognise.js';
import { SeenFormats } from './seen-formats.js';

export interface LogReaderOptions {
  /** What the correlation ids of interest begin with; without it, everything in the log is. */
  readonly prefix?: string;
  /**
   * Every transaction is told, and where in the stream: lines of an error log at once, each with its transaction's id,
   * whether a marker rule tells a correlation id or not.
   */
  readonly everyTransaction?: boolean;
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
export function createLogReader(options: LogReaderOptions = {}): LogReader<ModsecurityRecord> {
  return new ModsecurityLogReader(options);
}

class ModsecurityLogReader implements LogReader<ModsecurityRecord> {
  readonly #prefix: string;
  readonly #splitter: LineSplitter;
  readonly #formats = new LineFormats();
  /** Most lines of a log are strangers', and tell it by having no id that begins with the prefix. */
  readonly #marker: TextFinder;
  readonly #coraza = new TextFinder('] Coraza: ');
  readonly #markerRule = new TextFinder(markerRuleText);
  readonly #finders: readonly { begin(chunk: Buffer): void }[];
  readonly #entries: NativeEntries;
  readonly #transactions: ErrorTransactions;
  readonly #tellsLines: boolean;
  readonly #seen = new SeenFormats();
  /** A body, and the records that stand in it. */
  #body: object | undefined;
  #inBody: ModsecurityRecord[] = [];

  constructor({ prefix = '', everyTransaction = false, maxLineBytes = defaultMaxLineBytes }: LogReaderOptions) {
    this.#prefix = prefix;
    this.#marker = new TextFinder(prefix);
    this.#finders = [this.#formats, this.#marker, this.#coraza, this.#markerRule];
    this.#splitter = new LineSplitter(maxLineBytes);
    this.#entries = new NativeEntries(prefix);
    this.#tellsLines = everyTransaction;
    this.#transactions = new ErrorTransactions(prefix, everyTransaction);
  }

  get skipped(): number {
    return this.#splitter.skipped;
  }

  get formats(): readonly string[] {
    return this.#seen.names;
  }

  mayHold(line: Uint8Array): boolean {
    const bytes = asBuffer(line);
    return telling.some((words) => bytes.includes(words));
  }

  push(bytes: Uint8Array): readonly LogItem<ModsecurityRecord>[] {
    const chunk = asBuffer(bytes);
    for (const each of this.#finders) each.begin(chunk);
    const items: LogItem<ModsecurityRecord>[] = [];
    this.#splitter.each(chunk, (line, start, end) => {
      if (this.#tellsLines) this.#readNumbered(line, start, withoutReturn(line, start, end), items);
      else this.#read(line, start, withoutReturn(line, start, end), items);
    });
    this.#entries.settle();
    return items;
  }

  end(): readonly LogItem<ModsecurityRecord>[] {
    return [...this.push(lineFeed), ...this.#transactions.end()];
  }

  #readNumbered(bytes: Buffer, start: number, end: number, items: Writable<LogItem<ModsecurityRecord>>[]): void {
    const { length } = items;
    this.#read(bytes, start, end, items);
    for (const item of items.slice(length)) if (!('entryFile' in item)) item.line = this.#splitter.count;
  }

  /**
   * While an entry is open, lines of other formats count too: the entry may have been cut off, or made up by a client in
   * a log that shows what clients send. What stands in an entry without being one cannot know the prefix.
   */
  #read(bytes: Buffer, start: number, end: number, items: LogItem<ModsecurityRecord>[]): void {
    const isAlone = !this.#entries.isOpen;
    const format = isAlone || this.#prefix !== '' ? this.#formats.of(bytes, start, end) : 'native';
    if (!isAlone || format === 'native') this.#readNative(bytes, start, end, items);
    if (format === 'json') this.#readJson(bytes, start, end, items);
    else if (format === 'error') this.#readErrors(bytes, start, end, items);
    else if (format === 'concurrent-index') this.#readIndex(bytes, start, end, items);
    else if (format === undefined) this.#readCut(bytes, start, end, items);
  }

  #readNative(bytes: Buffer, start: number, end: number, items: LogItem<ModsecurityRecord>[]): void {
    const entry = this.#entries.take(bytes, start, end);
    if (this.#entries.engine !== undefined) this.#seen.native(this.#entries.engine);
    const record = entry === undefined ? undefined : readNative(entry, this.#prefix);
    if (record !== undefined) this.#accept(record, items);
  }

  /** What stands in a body is part of it, until too much stands there: then the body's own entry was cut off. */
  #accept(record: ModsecurityRecord, items: LogItem<ModsecurityRecord>[]): void {
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
  #readJson(bytes: Buffer, start: number, end: number, items: LogItem<ModsecurityRecord>[]): void {
    const isMarked = this.#isMarked(bytes, start, end);
    const isAudit = isAuditJson(bytes, start, end);
    if (isAudit && !this.#entries.isOpen) this.#seen.json(bytes, start, end);
    const record = isMarked ? parseAuditJson(bytes.subarray(start, end), this.#prefix) : undefined;
    if (record !== undefined) this.#accept(record, items);
    else if (!isAudit && this.#coraza.isIn(bytes, start, end)) {
      this.#takeErrors(bytes.subarray(start, end), true, items);
    } else this.#readCut(bytes, start, end, items);
  }

  #readErrors(bytes: Buffer, start: number, end: number, items: LogItem<ModsecurityRecord>[]): void {
    const isMarker = this.#isMarked(bytes, start, end) && this.#markerRule.isIn(bytes, start, end);
    const isTaken = this.#takeErrors(bytes.subarray(start, end), isMarker, items);
    if (!isTaken) this.#readCut(bytes, start, end, items);
  }

  /** A part of an error log's line, or one after the unfinished line of another program. */
  #readCut(bytes: Buffer, start: number, end: number, items: LogItem<ModsecurityRecord>[]): void {
    if (!this.#transactions.isUnderWay) return;
    for (const connection of connectionsOfCut(asBytes(bytes, start, end)))
      items.push(...this.#transactions.takeCut(connection));
  }

  #takeErrors(line: Buffer, isMarker: boolean, items: LogItem<ModsecurityRecord>[]): boolean {
    const lines = errorLines(line);
    if (lines[0] !== undefined && !this.#entries.isOpen) this.#seen.errors(lines[0].engine);
    items.push(...this.#transactions.take(line, lines, isMarker));
    return lines.length > 0;
  }

  #readIndex(bytes: Buffer, start: number, end: number, items: LogItem<ModsecurityRecord>[]): void {
    const file = parseIndexLine(asBytes(bytes, start, end));
    if (file === undefined) return;
    this.#seen.index();
    items.push(file);
  }

  #isMarked(bytes: Buffer, start: number, end: number): boolean {
    return this.#prefix === '' || this.#marker.isIn(bytes, start, end);
  }
}

/** One of these is in each line of an error log, in each entry's first line, and in each line of an index. */
const telling = ['ModSecurity: ', 'Coraza: ', 'transaction', 'A--', 'md5:'].map((words) => Buffer.from(words));

const lineFeed = Buffer.from('\n');
const carriageReturn = 0x0d;

function withoutReturn(bytes: Buffer, start: number, end: number): number {
  return end > start && bytes[end - 1] === carriageReturn ? end - 1 : end;
}

/** How each engine begins the lines of its JSON audit log. */
const auditStart = Buffer.from('{"transaction":');

function isAuditJson(bytes: Buffer, start: number, end: number): boolean {
  if (end - start < auditStart.length) return false;
  return auditStart.every((byte, at) => bytes[start + at] === byte);
}
