import type { LogReader } from '../../../contract/log-source.js';
import { asBuffer, LineSplitter } from '../../../util/split-lines.js';
import { TextFinder } from '../../../util/text-finder.js';
import type { AclKnowledge } from '../acl-knowledge.js';
import type { AwsRecord } from '../log-record.js';
import { findRecords } from './find-records.js';
import { jsonValues } from './json-values.js';

export interface AwsReaderOptions {
  /** What the correlation ids of interest begin with; without it, every record is told. */
  readonly prefix?: string;
  /** What is known of the rules of the web ACL. */
  readonly acl?: AclKnowledge;
  /** The longest line that is read, in bytes; default 32 MiB: an answer of an API is one. */
  readonly maxLineBytes?: number;
}

/**
 * What a record has whose correlation id cannot be read: the header, which redaction has left without its value, or a user
 * pool of Cognito, which shows AWS WAF few headers. It is joined by its request id.
 */
const signsOfHiddenIds = ['afproof-', 'COGNITOIDP'];

const defaultMaxLineBytes = 32 * 1024 * 1024;

/** Reads full logs of AWS WAF, and saved answers of GetSampledRequests, a value of JSON a line. */
export function createAwsReader(options: AwsReaderOptions = {}): LogReader<AwsRecord> {
  return new AwsLogReader(options);
}

class AwsLogReader implements LogReader<AwsRecord> {
  readonly #prefix: string;
  readonly #acl: AclKnowledge | undefined;
  readonly #splitter: LineSplitter;
  readonly #markers: readonly TextFinder[];
  readonly #formats = new Set<string>();

  constructor({ prefix = '', acl, maxLineBytes = defaultMaxLineBytes }: AwsReaderOptions) {
    this.#acl = acl;
    this.#prefix = prefix;
    this.#markers = [prefix, ...signsOfHiddenIds].map((text) => new TextFinder(text));
    this.#splitter = new LineSplitter(maxLineBytes);
  }

  get skipped(): number {
    return this.#splitter.skipped;
  }

  get formats(): readonly string[] {
    return [...this.#formats];
  }

  push(bytes: Uint8Array): readonly AwsRecord[] {
    const chunk = asBuffer(bytes);
    for (const marker of this.#markers) marker.begin(chunk);
    const records: AwsRecord[] = [];
    this.#splitter.each(chunk, (line, start, end) => {
      if (this.#isWorthReading(line, start, end)) records.push(...this.#read(line.toString('utf8', start, end)));
    });
    return records;
  }

  end(): readonly AwsRecord[] {
    return this.push(lineFeed);
  }

  /** Once the log is known for what it is, only lines with an id of interest are. */
  #isWorthReading(line: Buffer, start: number, end: number): boolean {
    if (end - start < 2) return false;
    if (this.#prefix === '' || this.#formats.size === 0) return true;
    return this.#markers.some((marker) => marker.isIn(line, start, end));
  }

  #read(line: string): readonly AwsRecord[] {
    const opening = line.search(/[{[]/);
    if (opening < 0) return [];
    const { count } = this.#splitter;
    return jsonValues(line)
      .flatMap((value) => this.#recordsIn(value))
      .map((record) => ({ ...record, line: count }));
  }

  #recordsIn(value: unknown): readonly AwsRecord[] {
    const { records, format } = findRecords(value, this.#acl);
    if (format !== undefined) this.#formats.add(format);
    return records.filter((record) => this.#isOfInterest(record));
  }

  #isOfInterest({ correlationId, hidesId }: AwsRecord): boolean {
    if (this.#prefix === '' || hidesId === true || correlationId === undefined) return true;
    return correlationId.startsWith(this.#prefix);
  }
}

const lineFeed = Buffer.from('\n');
