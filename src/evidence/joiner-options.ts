import type { LogRecord, RecordMerger } from '../contract/log-record.js';
import type { LogSource } from '../contract/log-source.js';
import type { Clock } from '../util/clock.js';
import { firstWaitMs } from './log-delay.js';

/** What joins records to exchanges, and how patiently. */
export interface JoinerOptions<R extends LogRecord = LogRecord> {
  readonly source: LogSource<R>;
  /** How records of one request become one; default: each request has one. */
  readonly merger?: RecordMerger<R>;
  /** How long a record may take after the end of its exchange, in milliseconds; default: 4 times what is typical. */
  readonly waitMs?: number;
  /**
   * The longest wait where the log has shown that it is slow, in milliseconds; default: 5 times `waitMs` or, where that is
   * not given either, the longest delay of the source.
   */
  readonly maxWaitMs?: number;
  /** How often the source is read while somebody waits, in milliseconds; default: as the source says. */
  readonly pollMs?: number;
  /**
   * How often it is read while nobody waits, in milliseconds; default 250, or `pollMs` if that is more. Keeps up
   * with rotations and with backlog.
   */
  readonly idlePollMs?: number;
  readonly clock?: Clock;
  /** Whether an id that nobody waits for may be one that was sent; default: each may. */
  readonly isOurs?: (correlationId: string) => boolean;
  /** Answers tell the WAF's own ids of their requests. */
  readonly joinsByRequestId?: boolean;
}

/** A log may be so many times slower than the user says. */
const slack = 5;

/** The longest time that a record is waited for, in milliseconds. */
export function longestWait({ source: { delay }, waitMs, maxWaitMs }: JoinerOptions): number {
  if (maxWaitMs !== undefined) return maxWaitMs;
  return waitMs === undefined ? Math.max(delay.longestMs, firstWaitMs(delay)) : waitMs * slack;
}
