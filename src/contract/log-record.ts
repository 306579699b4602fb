import type { BlockedBy, RuleId, Score, Severity, Variable, WafAction } from '../model/evidence.js';
import type { WafInfo } from '../model/report.js';

/** What a log says of one rule that matched. */
export interface LoggedHit {
  readonly ruleId: RuleId;
  readonly message: string;
  readonly severity?: Severity;
  readonly tags: readonly string[];
  /** The variable that the log names. */
  readonly variable?: Variable;
  readonly matched?: string;
  readonly matchedTruncated?: boolean;
  /** The rule only counted the match: nothing was refused for it. */
  readonly counted?: true;
}

/** What a log shows of the request itself, as the client sent it. */
export interface LoggedRequest {
  readonly method?: string;
  /** The target of the request line, with its query where the log shows it. */
  readonly path?: string;
  /** Address of the client, as the WAF saw it. */
  readonly client?: string;
  readonly userAgent?: string;
}

/** What a reader of a log completes, of whatever log it is. */
export interface StreamItem {
  /** The line of its stream with which it was complete, from 1, where the reader was asked to tell. */
  readonly line?: number | undefined;
  /** When the entry was written, ISO 8601, where the log tells. */
  readonly at?: string;
}

/**
 * What a WAF's log tells of one request, whatever the format. The records of a WAF may hold more, which only its own
 * folder knows: its merger, its attributor and its checks.
 */
export interface LogRecord extends StreamItem {
  /** The value of the correlation header, where the log shows it. */
  readonly correlationId?: string;
  readonly action: WafAction;
  /** What refused the request, or would have; only where `action` is not `passed`. */
  readonly blockedBy?: BlockedBy;
  /** Why the engine could not read the body, where it took that down and let the request pass. */
  readonly unread?: string;
  /** The WAF's own id of the request. */
  readonly transactionId?: string;
  /** What was asked for, and by whom. */
  readonly request?: LoggedRequest;
  /** The engine that wrote the entry, as far as the entry tells. */
  readonly waf: WafInfo;
  /** HTTP status in the log entry. */
  readonly status?: number;
  readonly score?: Score;
  readonly hits: readonly LoggedHit[];
}

/** How far the records of a request have come. */
export type Completeness =
  /** Its log has no more to say of it. */
  | 'whole'
  /** More may follow shortly. */
  | 'open'
  /** The end of it is known to be missing so far. */
  | 'unfinished';

/** Puts together what is logged of a request in several records. It may learn from what it sees: one for each run. */
export interface RecordMerger<R extends LogRecord = LogRecord> {
  /** All that is known of a request, with one more record of it. */
  merge(known: R | undefined, record: R): R;
  completeness(merged: R): Completeness;
  /** What is known to be missing, so that the rest could tell of a block as of a pass. */
  gapIn(merged: R): string | undefined;
  /** Whether two records with one correlation id are of one request though their own ids differ; absent where ids tell. */
  isOne?(one: R, other: R): boolean;
}
