import type { Wished } from '../../triage/logs/join-lines.js';

/** The request of which a log is to tell. */
export interface WishedEntry extends Wished {
  /** The correlation id that it was sent with: a record that has one is of this request, or of another. */
  readonly correlationId?: string;
}
