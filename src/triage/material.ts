import type { Evidence } from '../model/evidence.js';
import type { Outcome } from '../model/exchange.js';
import type { Pair } from '../model/request.js';
import type { LogLine } from './log-line.js';

/** What is known of the request that was refused; all of it may be missing. */
export interface TriagedRequest {
  readonly method?: string;
  /** With scheme and host where they are known, else the path; with its query. */
  readonly url?: string;
  readonly headers?: readonly Pair[];
  /** The body, or its beginning. */
  readonly body?: string;
  /** Length of the whole body in bytes. */
  readonly bodyBytes?: number;
  /** The proxy that it was sent through, where the client names one. */
  readonly proxy?: string;
  /** The client has a certificate of its own to show. */
  readonly hasCertificate?: boolean;
}

/** What came back, as far as it is known: the phrase after the status is lost in HTTP/2. */
export type AnsweredOutcome = Extract<Outcome, { kind: 'answered' }> & { readonly phrase?: string };
export type FailedOutcome = Pick<Extract<Outcome, { kind: 'failed' }>, 'kind' | 'message'>;

/** What a WAF's own log says of the request, read by the WAF's own readers. */
export interface WafTestimony {
  /** The kind of WAF, as the table of systems names it. */
  readonly id: string;
  /** As people call it: `ModSecurity`. */
  readonly waf: string;
  readonly evidence: Evidence;
  /** What the log shows of it, for people. */
  readonly text: string;
}

/** All that is known of one refused request. */
export interface TriageMaterial {
  readonly sent?: TriagedRequest;
  readonly outcome?: AnsweredOutcome | FailedOutcome;
  /** What the client says of it, beside the answer: `curl: (56) CONNECT tunnel failed, response 403`. */
  readonly clientSays?: string;
  /** Lines of logs that are of this request. */
  readonly lines?: readonly LogLine[];
  /** Records of WAFs that are of this request. */
  readonly wafs?: readonly WafTestimony[];
}
