import type { RuleId, Score, Severity, Variable, WafAction } from '../model/evidence.js';
import type { WafInfo } from '../model/report.js';

/** One rule's line in a log entry, before the variables that the line leaves out are recovered. */
export interface LoggedHit {
  readonly ruleId: RuleId;
  readonly message: string;
  readonly severity?: Severity;
  readonly tags: readonly string[];
  /** The variable that the line names. */
  readonly variable?: Variable;
  readonly matched?: string;
  readonly matchedTruncated?: boolean;
  /** Every variable that matched, as offset and length, where the log has them (libmodsecurity's `reference`). */
  readonly matches: readonly LoggedMatch[];
}

/** One matching variable in libmodsecurity's `reference`: `o0,8v21,25` is text 0-8 of a variable of 25 bytes at 21. */
export interface LoggedMatch {
  /** Offset and length of the matched text in the transformed variable; absent for libinjection's rules. */
  readonly text?: Span;
  /** Offset of the variable in the request as the engine counts it, and its length in bytes. */
  readonly variable: Span;
}

export interface Span {
  readonly offset: number;
  readonly length: number;
}

/** What one transaction left in a WAF's log. Every log reader yields this shape, whatever the format. */
export interface LogRecord {
  /** The value of the correlation header, where the log shows it. */
  readonly correlationId?: string;
  /** The engine's own id of the transaction. */
  readonly transactionId?: string;
  readonly action: WafAction;
  /** The engine that wrote the entry, as far as the entry tells. */
  readonly waf: WafInfo;
  /** HTTP status in the log entry. */
  readonly status?: number;
  readonly score?: Score;
  readonly hits: readonly LoggedHit[];
}

/** Reads what a WAF writes while requests are on their way. */
export interface LogSource {
  /** Records that arrived since the last call, in any order. */
  records(): AsyncIterable<LogRecord>;
  close(): Promise<void>;
}
