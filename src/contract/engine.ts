import type { Exchange } from '../model/exchange.js';
import type { WafInfo } from '../model/report.js';
import type { WireRequest } from '../model/request.js';
import type { LogRecord } from './log-record.js';

/** What an embedded engine says of one request: its answer, and what it wrote in its log, if anything. */
export interface Evaluation {
  readonly exchange: Exchange;
  readonly record: LogRecord | undefined;
}

/** A WAF engine in this machine's memory: no server, no network. */
export interface Engine {
  readonly info: WafInfo;
  /** How many requests it works on at once. */
  readonly workers: number;
  evaluate(request: WireRequest, correlationId: string): Promise<Evaluation>;
  close(): Promise<void>;
}
