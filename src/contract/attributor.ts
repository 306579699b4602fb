import type { Evidence } from '../model/evidence.js';
import type { WireRequest } from '../model/request.js';
import type { LogRecord } from './log-record.js';

/**
 * Turns a log record into evidence. It knows the request that was sent, so it can name the variables that the log
 * leaves out.
 */
export type Attributor<R extends LogRecord = LogRecord> = (record: R, request: WireRequest) => Evidence;
