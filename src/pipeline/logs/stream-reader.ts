import type { LogRecord } from '../../contract/log-record.js';
import type { LogReader } from '../../contract/log-source.js';
import type { LogHistory, Waf } from '../../contract/waf.js';
import { isEntryFile } from '../../evidence/entry-files.js';
import { type Remembered, Transactions } from '../../evidence/transactions.js';
import { readUnwrapped } from '../../evidence/unwrap/read-unwrapped.js';
import type { Evidence } from '../../model/evidence.js';
import { wholeLines } from '../../util/split-lines.js';

/** A transaction of a log, and what it says. */
export interface Told {
  readonly record: LogRecord;
  evidence(): Evidence;
}

/** What bytes of a log complete. */
export interface Completed {
  readonly told: readonly Told[];
  /** Files that an index names. */
  readonly entryFiles: readonly string[];
}

/** Reads one stream with the readers of every WAF, until one of them has recognised it. */
export interface StreamReader {
  readonly formats: readonly string[];
  push(bytes: Buffer): Completed;
  /** A file of one entry, which an index names. */
  readEntry(bytes: Buffer): readonly Told[];
  end(): Completed;
}

export function createStreamReader(wafs: readonly Waf[], remembered: Remembered): StreamReader {
  let candidates = wafs.flatMap((waf) => (waf.history === undefined ? [] : [createCandidate(waf.history, remembered)]));
  const all = (read: (candidate: StreamReader) => Completed): Completed => {
    const completed = candidates.map(read);
    const known = candidates.filter(({ formats }) => formats.length > 0);
    if (known.length > 0) candidates = known;
    return {
      told: completed.flatMap(({ told }) => told),
      entryFiles: completed.flatMap(({ entryFiles }) => entryFiles),
    };
  };
  return {
    get formats() {
      return candidates.flatMap(({ formats }) => formats);
    },
    push: (bytes) => all((candidate) => candidate.push(bytes)),
    readEntry: (bytes) => candidates.flatMap((candidate) => candidate.readEntry(bytes)),
    end: () => all((candidate) => candidate.end()),
  };
}

/** So much is read at once, in bytes: records of more than that would outlive a collection of garbage. */
const pieceBytes = 32 * 1024;

function createCandidate<R extends LogRecord>(history: LogHistory<R>, remembered: Remembered): StreamReader {
  const create = () => readUnwrapped(() => history.createReader());
  const reader = create();
  const transactions = new Transactions(history.createMerger?.(), remembered);
  const tell = (records: readonly R[]) =>
    records.map((record) => ({ record, evidence: () => history.evidence(record) }));
  const complete = (items: ReturnType<LogReader<R>['push']>, [told, entryFiles]: [Told[], string[]]) => {
    for (const item of items) {
      if (isEntryFile(item)) entryFiles.push(item.entryFile);
      else told.push(...tell(transactions.take(item)));
    }
  };
  return {
    get formats() {
      return reader.formats ?? [];
    },
    push: (bytes) => {
      const found: [Told[], string[]] = [[], []];
      for (const piece of wholeLines(bytes, pieceBytes)) complete(reader.push(piece), found);
      return { told: found[0], entryFiles: found[1] };
    },
    readEntry: (bytes) => {
      const [entry, found]: [LogReader<R>, [Told[], string[]]] = [create(), [[], []]];
      complete(entry.push(bytes), found);
      complete(entry.end(), found);
      return found[0];
    },
    end: () => {
      const found: [Told[], string[]] = [[], []];
      complete(reader.end(), found);
      return { told: [...found[0], ...tell(transactions.end())], entryFiles: found[1] };
    },
  };
}
