import type { Cause, Layer } from '../model/triage.js';
import type { LogRecord } from './log-record.js';

/** Another layer than the WAF, of which an answer shows that it refused. */
export interface RefusedElsewhere {
  readonly kind: 'elsewhere';
  readonly layer: Layer;
  readonly cause: Cause;
  /** What in the answer says so. */
  readonly because: string;
  readonly fix: string;
}

/** An answer as the WAF's server sends it for the WAF, and for other reasons too. */
export interface LikeRefusal {
  readonly kind: 'like-refusal';
  /** `an Application Load Balancer answers for AWS WAF` */
  readonly as: string;
}

/** An answer that only the WAF sends: what it says is a record of its own. */
export interface OwnAnswer<R extends LogRecord = LogRecord> {
  readonly kind: 'own';
  readonly record: R;
}

/** What an answer tells by itself of who made it. */
export type AnswerReading<R extends LogRecord = LogRecord> = OwnAnswer<R> | LikeRefusal | RefusedElsewhere;
