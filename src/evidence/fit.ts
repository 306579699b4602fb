import type { LogRecord } from '../contract/log-record.js';
import { isSamePath } from './logged-path.js';

/** A request that was sent, as far as a log can tell it from others. */
export interface SentRequest {
  readonly method: string;
  /** The target of the request line. */
  readonly target: string;
  /** When it was handed over to be sent, and when its answer was there; milliseconds since 1970. */
  readonly from: number;
  readonly until: number;
  /** HTTP status of the answer; absent where there was none. */
  readonly status?: number | undefined;
  /** How far the log's clock is ahead of this one, in milliseconds; absent where nobody knows. */
  readonly skewMs?: number | undefined;
}

/**
 * How a record fits a request that was sent.
 * - `exact`: nothing that the record tells is different.
 * - `loose`: something is that may differ for one request: a redirect within the server is logged as a GET, one with a
 *   rewritten path, and a page for an error has another status.
 * - `none`: it is of another request, which somebody sent with the same id.
 */
export type Fit = 'exact' | 'loose' | 'none';

/** What is held against a request of all that a record tells. */
export type Logged = Pick<LogRecord, 'request' | 'at' | 'status'>;

/** Tells how a record fits a request. */
export type Fits = (record: Logged) => Fit;

/** `fitOf` for one request. It keeps nothing but what it is given: many of them are remembered. */
export function fitsOf(sent: SentRequest): Fits {
  return (record) => fitOf(record, sent);
}

/** Clocks drift, and logs tell whole seconds. */
const toleranceMs = 60_000;
/** Zones are apart by multiples of this, and logs leave them out. */
const zoneMs = 15 * 60_000;

/** Holds what a record tells of method, path, time and status against the request that was sent. */
export function fitOf({ request = {}, at, status }: Logged, sent: SentRequest): Fit {
  const { method, path } = request;
  const isSameMethod = method === undefined || method === sent.method;
  if (!isSameMethod && method !== 'GET') return 'none';
  const isSame = path === undefined || isSamePath(path, sent.target);
  // A path without a method is the server's own, after it was rewritten.
  if (!isSame && method !== undefined) return 'none';
  if (at !== undefined && sent.skewMs !== undefined && !isInTime(Date.parse(at) - sent.skewMs, sent)) return 'none';
  const isSameStatus = sent.status === undefined || status === undefined || status < 100 || status === sent.status;
  return isSameMethod && isSame && isSameStatus ? 'exact' : 'loose';
}

/** @param here when the record was written, by the clock of this machine; NaN where its time is none */
function isInTime(here: number, { from, until }: SentRequest): boolean {
  if (Number.isNaN(here)) return true;
  const offMs = here < from ? from - here : Math.max(0, here - until);
  const rest = offMs % zoneMs;
  return Math.min(rest, zoneMs - rest) <= toleranceMs;
}
