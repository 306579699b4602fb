import type { LogRecord, RecordMerger } from '../contract/log-record.js';
import { wafActions } from '../model/evidence.js';

/**
 * For logs with one whole record of each transaction. Of two with one correlation id the graver one counts, and of equal
 * ones the first: two arise where two WAFs stand in a row, and where a request was sent again because its connection had
 * been closed.
 */
export function singleRecords<R extends LogRecord>(): RecordMerger<R> {
  return {
    merge: (known, record) => (known !== undefined && gravity(known) >= gravity(record) ? known : record),
    completeness: () => 'whole',
    gapIn: () => undefined,
  };
}

function gravity({ action }: LogRecord): number {
  return wafActions.indexOf(action);
}
