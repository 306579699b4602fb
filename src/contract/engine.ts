import type { CaseClient } from '../model/case.js';
import type { EvidenceResult } from '../model/evidence.js';
import type { Exchange } from '../model/exchange.js';
import type { WafInfo } from '../model/report.js';
import type { WireRequest } from '../model/request.js';

/** What an engine says of one request: its answer, and what stands behind it. */
export interface Evaluation {
  readonly exchange: Exchange;
  readonly evidence: EvidenceResult;
}

/** A WAF's rules, evaluated on this machine: no server, no network. */
export interface Engine {
  readonly info: WafInfo;
  /** How many requests it works on at once. */
  readonly workers: number;
  /** @param client who sends the request, as far as its case tells */
  evaluate(request: WireRequest, correlationId: string, client?: CaseClient): Promise<Evaluation>;
  close(): Promise<void>;
}
