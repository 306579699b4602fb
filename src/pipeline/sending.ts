import type { Attributor } from '../contract/attributor.js';
import type { FieldNames } from '../contract/field-names.js';
import type { LogRecord } from '../contract/log-record.js';
import type { Transport } from '../contract/transport.js';
import type { Joiner } from '../evidence/joiner.js';
import type { CorrelationIds } from '../replay/correlation-ids.js';
import type { Sessions } from '../replay/session/sessions.js';
import type { TargetAddress } from '../replay/target.js';
import type { BlockAnswer } from '../triage/block-answer.js';
import type { Witnessed } from './assemble-report.js';
import type { Backlog } from './backlog.js';
import type { RefusalsAt } from './refusals-at.js';
import type { AnswerReader } from './told-by-answer.js';
import type { KeptRefusals } from './triage/kept-refusals.js';

/** What a run needs while it sends. */
export interface Sending<R extends LogRecord = LogRecord> extends AnswerReader<R> {
  readonly address: TargetAddress;
  readonly ids: CorrelationIds;
  readonly joiner: Joiner<R>;
  /** Answered requests that wait for their log entry; without it, any number may. */
  readonly backlog?: Backlog;
  /** Absent where nobody has a session. */
  readonly sessions: Sessions | undefined;
  readonly transport: Transport;
  readonly attribute: Attributor<R>;
  readonly names: FieldNames;
  /** What the target's refusals look like; it may depend on a log that comes later. */
  readonly blockAnswer: BlockAnswer | Promise<BlockAnswer>;
  /** What they look like at one path; absent where no attack may be sent to see it. */
  readonly refusalsAt?: RefusalsAt;
  /** The log comes minutes later: nothing is sent again for what it tells. */
  readonly isSlow?: boolean;
  /** How far the log's clock is ahead of this one, in milliseconds, where that is known. */
  readonly skewMs?: number;
  readonly seed: number;
  /** How often each case is sent. */
  readonly repeat: number;
  /** Keeps what was refused, so that its endpoint can be asked why. */
  readonly refusals?: Pick<KeptRefusals, 'note'>;
  /** Called before anything goes out of a request that must not be sent twice. */
  readonly announce: (caseId: string, correlationId: string) => void;
}

/** What came back for one sending. */
export interface SeenOnce extends Omit<Witnessed, 'sent' | 'sessionSecrets' | 'inSession'> {
  /** The log has moved past the request without it. */
  readonly neverArrived?: true;
}
