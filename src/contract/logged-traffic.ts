import type { Pair } from '../model/request.js';

/** A request as a WAF's log has it, bytes and all. */
export interface LoggedTraffic {
  readonly method: string;
  /** The target of the request line. */
  readonly target: string;
  readonly headers: readonly Pair[];
  /** Absent where the log has none: see `withoutBody`. */
  readonly body?: Uint8Array;
  /** Why the log has no body of a request that had one, and what to do; the part of a sentence. */
  readonly withoutBody?: string;
  /** The line with which it begins, from 1. */
  readonly line: number;
}
