import { fail } from '../model/error.js';
import type { CaseResult } from '../model/report.js';
import { reasonOf } from '../util/reason-of.js';
import { type Spill, SpilledList } from '../util/spilled-list.js';

/** Where results go as they come, and are read from again. */
export interface ResultStore extends Iterable<CaseResult> {
  /** @throws WafproofError `OUTPUT_UNWRITABLE` */
  add(result: CaseResult): void;
  close(): void;
}

/**
 * A store for any number of results: those that memory does not hold lie in a file of the folder, which has no name and is
 * gone with the process.
 */
export function spillingStore(spill: Spill): ResultStore {
  const results = new SpilledList<CaseResult>(spill);
  return {
    add(result) {
      try {
        results.add(result);
      } catch (cause) {
        throw fail('OUTPUT_UNWRITABLE', { reason: reasonOf(cause) }, { place: { file: spill.folder }, cause });
      }
    },
    close: () => results.close(),
    [Symbol.iterator]: () => results[Symbol.iterator](),
  };
}

/** A store that is an array. */
export function arrayStore(results: CaseResult[]): ResultStore {
  return {
    add: (result) => void results.push(result),
    close: () => undefined,
    [Symbol.iterator]: () => results.values(),
  };
}
