import type { LogRecord } from './log-record.js';

/** The record of an exchange, or the reason why there is none. */
export type Joined<R extends LogRecord = LogRecord> =
  | { readonly kind: 'found'; readonly record: R }
  | {
      readonly kind: 'missing';
      readonly reason: string;
      /** The log could not be read when the wait was over. */
      readonly unreadable?: true;
      /** The log has something of the exchange, though not all of it. */
      readonly seen?: true;
    };
