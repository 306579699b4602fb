import type { DoctorCheck } from '../model/diagnosis.js';
import type { Problem } from '../model/error.js';
import type { Exchange } from '../model/exchange.js';
import type { FieldPath } from '../model/field.js';
import type { WafInfo } from '../model/report.js';
import type { RequestSpec } from '../model/request.js';
import type { TargetOptions } from '../model/target-options.js';
import type { Joined } from './joined.js';
import type { LogRecord } from './log-record.js';

/** One request of the doctor's, what came back, and what the log says of it. */
export interface Asked<R extends LogRecord = LogRecord> {
  readonly exchange: Exchange;
  readonly joined: Joined<R>;
  readonly answeredAt: Date;
  /** How long after the answer the log entry was there, in milliseconds. */
  readonly logDelayMs: number;
}

/** The case with the longest body. */
export interface LargestCase {
  readonly id: string;
  readonly request: RequestSpec;
  readonly bytes: number;
}

/** A field of a case, into which the attack is put. */
export interface ProbePlace {
  readonly field: FieldPath;
  /** The request of the case with one letter there, and no other fields. */
  readonly request: RequestSpec;
  carry(text: string): RequestSpec;
}

/** All that was seen of a target. What could not be asked, because of what was seen before, is absent. */
export interface Observations<R extends LogRecord = LogRecord> {
  readonly target: TargetOptions;
  /** The attack canary may be sent. */
  readonly attacks: boolean;
  readonly largest: LargestCase | undefined;
  /** Where the attack is put; absent where no suite has a field, and it is a parameter of the target's own path. */
  readonly place: ProbePlace | undefined;
  /** Why the log cannot be read. */
  readonly logProblem: Problem | undefined;
  /** What the log was recognised as, in words for people: `lines of docker compose, nginx's error log inside`. */
  readonly logFormats: readonly string[];
  /** How long a log entry was waited for, in milliseconds. */
  readonly logWaitMs: number;
  /** What our correlation ids begin with. */
  readonly prefix: string;
  readonly benign: Asked<R>;
  /** What came of the request of the attack without it. */
  readonly harmless: Asked<R>;
  readonly attack?: Asked<R>;
  /** What came of a harmless body as long as that of the largest case, and of a short one. */
  readonly body?: Asked<R>;
  readonly shortBody?: Asked<R>;
  /** What came of the requests that checks of the WAF's ask for, by the id of the check. */
  readonly more: ReadonlyMap<string, Asked<R>>;
  /** Log entries that were written meanwhile and bear none of our ids. */
  readonly strangers: readonly LogRecord[];
  /** The proxy between this machine and the target, and the environment variable that names it; absent where there is none. */
  readonly proxy?: { readonly origin: string; readonly variable: string };
  /** How many log entries bear the id of a request of ours and are of another one. */
  readonly forged: number;
  /** What the entries of our requests say of the WAF, taken together; absent where there are none. */
  readonly waf: WafInfo | undefined;
}

/** What one check found; absent `fix` where there is nothing to do. */
export type CheckOutcome = Pick<DoctorCheck, 'status' | 'detail' | 'fix'>;

/** One thing that the doctor looks at. */
export interface Check<R extends LogRecord = LogRecord> {
  /** Stable, such as `log-entry`. */
  readonly id: string;
  readonly title: string;
  /** It can be told though the target does not answer. */
  readonly independent?: true;
  /** A request of its own, for the target's own path; it is sent where the log has been seen to have our requests. */
  request?(attacks: boolean): RequestSpec;
  examine(seen: Observations<R>): CheckOutcome;
}

/** What to do about what the neutral checks find, in the words of a WAF: parts of sentences without a full stop. */
export interface DoctorAdvice {
  /** The log has only requests that a rule matched. */
  readonly logEveryRequest: string;
  /** The log has our requests without their correlation id. */
  readonly logCorrelationId: string;
  /** The log has none of our requests; it may have those of others. */
  logRequests(seen: { readonly logGrows: boolean; readonly waitMs: number }): string;
  /** No rule matched an attack. */
  readonly loadRules: string;
  /** Rules matched an attack that was let through all the same. */
  readonly refuseMatched: string;
  /** The engine takes no body as long as that of a case. */
  readonly raiseBodyLimit: string;
  /** Rules refuse a harmless body as long as that of a case. */
  readonly raiseRuleLimits: string;
}
