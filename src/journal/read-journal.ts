import { closeSync, createReadStream, openSync, readSync } from 'node:fs';
import { fail } from '../model/error.js';
import type { CaseResult } from '../model/report.js';
import { decodeUtf8 } from '../util/read-file.js';
import { reasonOf } from '../util/reason-of.js';
import { LineSplitter } from '../util/split-lines.js';
import { type JobIdentity, type JournalHead, parseEntry, type ResultEntry, type SentEntry } from './journal-entries.js';

/** Where a result stands in a journal. There may be more of them than memory holds, so they are read again when they are needed. */
export interface ResultPlace {
  /** In bytes from the start of the file. */
  readonly from: number;
  /** Of its line, without the line feed. */
  readonly bytes: number;
  /** The case had no answer, and it does no harm to send it again. */
  readonly again: boolean;
}

/** What an unfinished run has left. */
export interface EarlierRun {
  readonly startedAt: Date;
  readonly job: JobIdentity;
  /** How long its parts took together, in milliseconds. */
  readonly elapsedMs: number;
  /** Where the last result of each case stands. */
  readonly results: ReadonlyMap<string, ResultPlace>;
  /** Cases whose request went out and must not go out twice, with its correlation ids, the last one last. */
  readonly sent: ReadonlyMap<string, readonly string[]>;
  /** Where the last whole line ends, in bytes: a kill may tear the line after it. */
  readonly length: number;
}

/** The longest line, in bytes: a result with the largest file that a request may carry fits. */
const longestLine = 256 * 1024 * 1024;

/**
 * Reads a journal to the end of its last whole line.
 * @throws WafproofError `RESUME_MISSING`, `JOURNAL_INVALID`
 */
export async function readJournal(path: string): Promise<EarlierRun> {
  const reading = new Reading(path);
  try {
    for await (const chunk of createReadStream(path, { highWaterMark: 1024 * 1024 })) reading.take(chunk);
  } catch (cause) {
    if (!(cause instanceof Error && 'code' in cause)) throw cause;
    if (cause.code === 'ENOENT') throw fail('RESUME_MISSING', {}, { place: { file: path } });
    if (typeof cause.code === 'string' && cause.code.startsWith('E')) throw invalid(path, reasonOf(cause));
    throw cause;
  }
  return reading.end();
}

class Reading {
  readonly #path: string;
  readonly #splitter = new LineSplitter(longestLine);
  readonly #results = new Map<string, ResultPlace>();
  readonly #sent = new Map<string, string[]>();
  #head: JournalHead | undefined;
  #elapsedMs = 0;
  #length = 0;
  #line = 0;

  constructor(path: string) {
    this.#path = path;
  }

  take(chunk: Uint8Array): void {
    for (const bytes of this.#splitter.push(chunk)) {
      this.#line++;
      this.#read(decodeUtf8(bytes) ?? '', bytes.length);
      this.#length += bytes.length + 1;
    }
    if (this.#splitter.skipped > 0) throw invalid(this.#path, `it has a line of more than ${longestLine} bytes`);
  }

  end(): EarlierRun {
    if (this.#head === undefined) throw invalid(this.#path, 'it has no whole line');
    const { startedAt, job } = this.#head;
    const results = this.#results;
    return {
      startedAt: new Date(startedAt),
      job,
      elapsedMs: this.#elapsedMs,
      results,
      sent: this.#sent,
      length: this.#length,
    };
  }

  #read(text: string, bytes: number): void {
    const entry = parseEntry(text);
    if (entry === undefined || (entry.kind === 'head') !== (this.#line === 1))
      throw invalid(this.#path, 'this line is none that Wafproof wrote there', this.#line);
    if (entry.kind === 'head') this.#head = entry;
    else if (entry.kind === 'sent') this.#send(entry);
    else this.#finish(entry, bytes);
  }

  /** Whatever was known of the case before is out of date: it was sent again. */
  #send({ id, correlationId }: SentEntry): void {
    this.#results.delete(id);
    const ids = this.#sent.get(id);
    if (ids === undefined) this.#sent.set(id, [correlationId]);
    else ids.push(correlationId);
  }

  #finish({ elapsedMs, result, again }: ResultEntry, bytes: number): void {
    this.#elapsedMs = Math.max(this.#elapsedMs, elapsedMs);
    this.#results.set(result.id, { from: this.#length, bytes, again: again === true });
  }
}

/** Reads results of a journal again. */
export class ResultReader {
  readonly #path: string;
  #file: number | undefined;

  constructor(path: string) {
    this.#path = path;
  }

  /** @throws WafproofError `JOURNAL_INVALID` where the file has changed meanwhile */
  read(place: ResultPlace): CaseResult {
    const entry = parseEntry(this.#lineAt(place));
    if (entry?.kind !== 'result') throw invalid(this.#path, 'it has changed since it was read');
    return entry.result;
  }

  #lineAt({ from, bytes }: ResultPlace): string {
    const line = Buffer.alloc(bytes);
    try {
      this.#file ??= openSync(this.#path, 'r');
      return line.toString('utf8', 0, readSync(this.#file, line, 0, bytes, from));
    } catch (cause) {
      throw invalid(this.#path, reasonOf(cause));
    }
  }

  close(): void {
    if (this.#file !== undefined) closeSync(this.#file);
    this.#file = undefined;
  }
}

function invalid(file: string, reason: string, line?: number) {
  return fail('JOURNAL_INVALID', { reason }, { place: { file, ...(line !== undefined && { line }) } });
}
