import { appendFileSync } from 'node:fs';
import { fail } from '../model/error.js';
import { reasonOf } from '../util/reason-of.js';

/** Appends an entry; settles when it is written. */
export type AppendEntry = (entry: Uint8Array | string) => Promise<void>;

/** What to do where the lab's log cannot be written. */
export const otherAuditLog = 'choose another file with --audit-log';

/**
 * A log to which entries are appended one after the other, whole; without a path they go nowhere.
 * @throws WafproofError `OUTPUT_UNWRITABLE`
 */
export async function openAppendLog(path: string | undefined): Promise<AppendEntry> {
  if (path === undefined) return () => Promise.resolve();
  try {
    appendFileSync(path, '');
  } catch (cause) {
    throw fail(
      'OUTPUT_UNWRITABLE',
      { reason: reasonOf(cause), advice: otherAuditLog },
      { place: { file: path }, cause },
    );
  }
  // A small write costs less than handing it to another thread, on a busy machine very much less.
  return async (entry) => appendFileSync(path, entry);
}
