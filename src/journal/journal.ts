import { openSync, truncateSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { fail } from '../model/error.js';
import type { CaseResult } from '../model/report.js';
import { LineAppender } from '../util/line-appender.js';
import { reasonOf } from '../util/reason-of.js';
import { safeJson } from '../util/safe-json.js';
import { differencesOf } from './job-differences.js';
import type { JobIdentity, JournalEntry } from './journal-entries.js';
import { type EarlierRun, ResultReader, readJournal } from './read-journal.js';

/** A case that is done. */
export interface Finished {
  readonly result: CaseResult;
  /** It got no answer, and a later run may send it again without harm. */
  readonly again: boolean;
}

/** How far an earlier part of the run came with a case. */
export type EarlierPart =
  | { readonly kind: 'done'; readonly result: CaseResult }
  /** It was sent, must not be sent twice, and its answer was not written down. The last correlation id is the latest. */
  | { readonly kind: 'sent'; readonly correlationIds: readonly string[] };

/** Keeps what a run has done where a kill cannot reach it, and tells what an earlier part of the run has done. */
export interface Journal {
  /** When the run began, be it in an earlier part. */
  readonly startedAt: Date;
  /** How long its parts have taken together, in milliseconds. */
  elapsedMs(): number;
  /** What an earlier part came to for a case, by its id; nothing where it is to be sent now. */
  earlier(caseId: string): EarlierPart | undefined;
  /** The correlation ids of what an earlier part has sent, must not be sent twice, and has no result. */
  unjudged(): readonly string[];
  /** To be called before a request goes out that may not be sent twice: it is on disk when this returns. */
  readonly announce: (id: string, correlationId: string) => void;
  /** It is on disk shortly: what a kill comes before is told by the log, or sent again where that does no harm. */
  record(finished: Finished): void;
  /** When it returns, all that was recorded is on disk. */
  flush(): void;
  close(): void;
}

/** The journal of a run whose report goes to this folder. */
export function journalPath(out: string): string {
  return join(out, 'journal.jsonl');
}

/** A journal of a run that nobody will continue: it is written nowhere. */
export function noJournal(): Journal {
  return new FileJournal(new Date(), undefined, undefined);
}

/**
 * The journal of a new run. It replaces that of an earlier one as soon as there is something to write.
 * @throws WafproofError `OUTPUT_UNWRITABLE`, later, when it cannot be written
 */
export function startJournal(path: string, job: JobIdentity): Journal {
  const startedAt = new Date();
  const head = { kind: 'head', format: 1, startedAt: startedAt.toISOString(), job } as const;
  const open = () => {
    const appender = new LineAppender(openSync(path, 'w'));
    appender.append(safeJson(head));
    return appender;
  };
  return new FileJournal(startedAt, undefined, { path, open });
}

/**
 * The journal of an earlier run, to be continued. A torn line at its end is cut off.
 * @throws WafproofError `RESUME_MISSING`, `JOURNAL_INVALID`, `RESUME_MISMATCH`
 */
export async function continueJournal(path: string, job: JobIdentity): Promise<Journal> {
  const earlier = await readJournal(path);
  const differences = differencesOf(earlier.job, job);
  if (differences.length > 0) throw fail('RESUME_MISMATCH', { differences }, { place: { file: path } });
  const open = () => {
    truncateSync(path, earlier.length);
    return new LineAppender(openSync(path, 'a'));
  };
  return new FileJournal(earlier.startedAt, earlier, { path, open });
}

/** Removes the journal of a run that is complete. */
export async function removeJournal(path: string): Promise<void> {
  await rm(path, { force: true });
}

/** Where a journal lies; it is opened when there is something to write. */
interface JournalFile {
  readonly path: string;
  readonly open: () => LineAppender;
}

const nothing: Pick<EarlierRun, 'sent' | 'results'> = { sent: new Map(), results: new Map() };

class FileJournal implements Journal {
  readonly startedAt: Date;
  readonly #began = performance.now();
  readonly #earlier: EarlierRun | undefined;
  readonly #file: JournalFile | undefined;
  readonly #reader: ResultReader;
  #appender: LineAppender | undefined;

  constructor(startedAt: Date, earlier: EarlierRun | undefined, file: JournalFile | undefined) {
    this.startedAt = startedAt;
    this.#earlier = earlier;
    this.#file = file;
    this.#reader = new ResultReader(file?.path ?? '');
  }

  elapsedMs(): number {
    return (this.#earlier?.elapsedMs ?? 0) + performance.now() - this.#began;
  }

  earlier(caseId: string): EarlierPart | undefined {
    const place = this.#earlier?.results.get(caseId);
    if (place !== undefined) return place.again ? undefined : { kind: 'done', result: this.#reader.read(place) };
    const correlationIds = this.#earlier?.sent.get(caseId);
    return correlationIds === undefined ? undefined : { kind: 'sent', correlationIds };
  }

  unjudged(): readonly string[] {
    const { sent, results } = this.#earlier ?? nothing;
    return [...sent].flatMap(([caseId, ids]) => (results.has(caseId) ? [] : ids));
  }

  readonly announce = (id: string, correlationId: string) => {
    this.#write((appender) => appender.append(lineOf({ kind: 'sent', id, correlationId })));
  };

  record({ result, again }: Finished): void {
    const elapsedMs = Math.round(this.elapsedMs());
    const entry: JournalEntry = { kind: 'result', elapsedMs, ...(again && { again }), result };
    this.#write((appender) => appender.appendSoon(lineOf(entry)));
  }

  flush(): void {
    if (this.#appender !== undefined) this.#write((appender) => appender.flush());
  }

  close(): void {
    this.#appender?.close();
    this.#reader.close();
  }

  #write(write: (appender: LineAppender) => void): void {
    if (this.#file === undefined) return;
    const { path, open } = this.#file;
    try {
      this.#appender ??= open();
      write(this.#appender);
    } catch (cause) {
      throw fail('OUTPUT_UNWRITABLE', { reason: reasonOf(cause) }, { place: { file: path }, cause });
    }
  }
}

function lineOf(entry: JournalEntry): string {
  return safeJson(entry);
}
