import type { LogRecord } from '../contract/log-record.js';
import type { WafAction } from '../model/evidence.js';

const gravity: Readonly<Record<WafAction, number>> = { passed: 0, 'would-block': 1, blocked: 2 };

/**
 * Which of two records of one exchange counts: the first, unless the later one tells of a graver action. Two arise where
 * two WAFs stand in a row, where a server logs an internal redirect apart, and where a request was sent again because
 * its connection had been closed.
 */
export function mergeRecords(first: LogRecord | undefined, later: LogRecord): LogRecord {
  return first === undefined || gravity[later.action] > gravity[first.action] ? later : first;
}
