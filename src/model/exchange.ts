import type { Pair } from './request.js';

/** Why no answer arrived. */
export type FailureReason =
  | 'timeout'
  | 'connection-refused'
  | 'connection-reset'
  | 'name-not-found'
  | 'tls'
  | 'unsendable'
  | 'engine-crashed'
  | 'aborted'
  /** The run gave the target up before it was this request's turn. */
  | 'not-sent'
  | 'other';

/** What came back for one request: an answer, or the reason why there is none. */
export type Outcome =
  | {
      readonly kind: 'answered';
      readonly status: number;
      readonly headers: readonly Pair[];
      /** The first bytes of the body, as text; enough to tell refusals apart. */
      readonly bodyExcerpt: string;
      /** The body is longer than its excerpt, or did not come to its end. */
      readonly isCut?: true;
    }
  | {
      readonly kind: 'failed';
      readonly reason: FailureReason;
      readonly message: string;
    };

/** One case sent once. */
export interface Exchange {
  readonly correlationId: string;
  readonly outcome: Outcome;
  readonly durationMs: number;
  /** Nothing of the request reached the target. */
  readonly unsent?: true;
}
