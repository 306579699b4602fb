import type { LoggedHit, LogRecord } from '../../contract/log-record.js';

/** A rule that a record of AWS WAF names. */
export interface AwsHit extends LoggedHit {
  /** The log says that it does not know where the match is, as of values in a JSON body: `variable` is the likely place. */
  readonly isUnplaced?: true;
  /** What the rule asked the client for, in place of refusing. */
  readonly reason?: string;
}

/** What is known of one request to AWS WAF, the same for full logs, samples and answers. */
export interface AwsRecord extends LogRecord {
  readonly hits: readonly AwsHit[];
  /**
   * Where it is from; what stands first tells more.
   * - `answer`: the response names the rule itself.
   * - `log`: a full log.
   * - `sample`: an item of GetSampledRequests.
   */
  readonly origin: 'answer' | 'log' | 'sample';
  /** The first hundred, as AWS logs them. */
  readonly labels: readonly string[];
  /** The correlation header is there, and redaction hides its value. */
  readonly hidesId?: true;
}
