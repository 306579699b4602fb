import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import type { LogDelay, LogReader, LogSource } from '../../../contract/log-source.js';
import { reasonOf } from '../../../util/reason-of.js';
import type { S3Api, S3File, S3Place } from '../api/s3-api.js';
import type { WebAclArn } from '../api/web-acl-arn.js';
import type { AwsRecord } from '../log-record.js';
import { logFolders } from './s3-keys.js';

export interface S3SourceOptions {
  readonly api: S3Api;
  readonly place: S3Place;
  readonly acl: WebAclArn;
  /** From when on requests are of interest, in milliseconds since 1970. */
  readonly from: number;
  /** Makes a reader for each file. */
  readonly createReader: () => LogReader<AwsRecord>;
  readonly now?: () => number;
}

/** AWS WAF writes a file every five minutes (developer guide, "Sending logs to an S3 bucket"); it takes a moment to be there. */
const longestMs = 6 * 60_000;
/** Records are waited for four times as long as they typically take: six minutes in all. */
const delay: LogDelay = { typicalMs: longestMs / 4, longestMs, pollMs: 15_000 };
/** A folder is looked into for so long after its time. */
const settledMs = 10 * 60_000;
/** AWS WAF begins another file at 75 MB. */
const longestFile = 1024 ** 3;

/**
 * Reads full logs from S3, file by file: only the folders of the time since `from`. Files that another account or program
 * puts there, and such as are torn, are passed over and told as gaps.
 */
export function createS3Source(options: S3SourceOptions): LogSource<AwsRecord> {
  return new S3Source(options);
}

class S3Source implements LogSource<AwsRecord> {
  readonly delay = delay;
  readonly #options: S3SourceOptions;
  readonly #now: () => number;
  readonly #read = new Set<string>();
  readonly #torn = new Map<string, string>();
  #from: number;

  constructor(options: S3SourceOptions) {
    this.#options = options;
    this.#now = options.now ?? Date.now;
    this.#from = options.from;
  }

  get gaps(): string | undefined {
    const [first, ...others] = this.#torn;
    if (first === undefined) return undefined;
    const [key, reason] = first;
    return `${key} in S3 cannot be read (${reason})${others.length === 0 ? '' : `, and ${others.length} other files`}`;
  }

  async *records(): AsyncGenerator<AwsRecord, void, undefined> {
    const { api, place, acl } = this.#options;
    const now = this.#now();
    for (const folder of logFolders(place.prefix, acl, this.#from, now)) {
      for await (const file of api.list(place.bucket, folder)) {
        if (!this.#read.has(file.key)) yield* this.#recordsIn(file);
      }
    }
    this.#from = Math.max(this.#from, now - settledMs);
  }

  async close(): Promise<void> {
    this.#options.api.close();
  }

  async *#recordsIn(file: S3File): AsyncGenerator<AwsRecord, void, undefined> {
    const { api, place, createReader } = this.#options;
    const records: AwsRecord[] = [];
    if (file.bytes > longestFile) this.#torn.set(file.key, `it is ${file.bytes} bytes long`);
    else {
      const reader = createReader();
      const bytes = api.read(place.bucket, file.key);
      await eachPiece(bytes, (piece) => take(reader.push(piece), records)).catch((error) => this.#fail(file, error));
      take(reader.end(), records);
    }
    this.#read.add(file.key);
    yield* records;
  }

  /** What is wrong with the file is told; what AWS refuses ends the reading. */
  #fail({ key }: S3File, error: unknown): void {
    if (!isTorn(error)) throw error;
    this.#torn.set(key, reasonOf(error));
  }
}

function take(items: Iterable<AwsRecord | object>, records: AwsRecord[]): void {
  for (const item of items) if ('origin' in item) records.push(item);
}

class TooLong extends Error {}

function isTorn(error: unknown): boolean {
  return error instanceof TooLong || (error instanceof Error && 'code' in error && String(error.code).startsWith('Z_'));
}

/** The pieces of a file, unpacked where it is gzip. */
async function eachPiece(bytes: AsyncIterable<Uint8Array>, takePiece: (piece: Uint8Array) => void): Promise<void> {
  let length = 0;
  const counted = (piece: Uint8Array) => {
    length += piece.length;
    if (length > longestFile) throw new TooLong('it unpacks to more than a gigabyte');
    takePiece(piece);
  };
  const { first, all } = await peeked(bytes);
  if (first[0] !== 0x1f || first[1] !== 0x8b) {
    for await (const piece of all) counted(piece);
    return;
  }
  await pipeline(Readable.from(all), createGunzip(), async (unpacked: AsyncIterable<Uint8Array>) => {
    for await (const piece of unpacked) counted(piece);
  });
}

async function peeked(bytes: AsyncIterable<Uint8Array>) {
  const rest = bytes[Symbol.asyncIterator]();
  const { value: first = new Uint8Array() } = await rest.next();
  async function* all() {
    yield first;
    yield* { [Symbol.asyncIterator]: () => rest };
  }
  return { first, all: all() };
}
