import type { Completeness, RecordMerger } from '../../../contract/log-record.js';
import type { LinesSeen, ModsecurityRecord } from '../log-record.js';
import { mergeRecords } from './merge-records.js';

/**
 * Puts lines of an error log together, and logs that complete each other. Marker rules log which line of a request is the
 * first and which the last: by them a reader knows whether one is missing or was cut.
 */
export class ModsecurityMerger implements RecordMerger<ModsecurityRecord> {
  /** The log tells which line of a request is the last. */
  #endsAreLogged = false;

  merge(known: ModsecurityRecord | undefined, record: ModsecurityRecord): ModsecurityRecord {
    this.#endsAreLogged ||= record.lines?.last === true;
    return mergeRecords(known, record);
  }

  completeness({ partial, lines }: ModsecurityRecord): Completeness {
    if (partial !== true) return 'whole';
    return this.#lacksEnd(lines) ? 'unfinished' : 'open';
  }

  /** Where lines of a request are known to be missing, what the others say may be wrong. */
  gapIn({ lines, isTorn }: ModsecurityRecord): string | undefined {
    if (isTorn === true) return 'something else was written into its entry';
    if (lines?.cut === true) return 'the server cut a line short';
    if (lines?.last === true && !lines.first) return 'the first line is missing';
    return this.#lacksEnd(lines) ? 'the last line is missing' : undefined;
  }

  #lacksEnd(lines: LinesSeen | undefined): boolean {
    return this.#endsAreLogged && lines?.first === true && !lines.last;
  }
}
