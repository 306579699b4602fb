import type { BlockedBy, RuleHit, RuleId, Score, WafAction } from './evidence.js';
import type { WafInfo } from './report.js';

/** What to read, and what of it. */
export interface LogsOptions {
  /** Files, folders, and `-` for standard input. */
  readonly places: readonly string[];
  /** From when on: an ISO 8601 time, or how long ago (`90s`, `10m`, `2h`, `1d`). */
  readonly since?: string;
  /** Until when, in the same way. */
  readonly until?: string;
  /** Clients are named: their addresses and user agents as the log has them. Default: they are counted. */
  readonly clients?: boolean;
  /** How many rows of what was refused most are told; default 10. */
  readonly top?: number;
}

/** One transaction of a log; what the log does not tell is absent. */
export interface LoggedTransaction {
  /** ISO 8601. */
  readonly at?: string;
  readonly transactionId?: string;
  readonly correlationId?: string;
  readonly method?: string;
  /** Without its query. */
  readonly path?: string;
  readonly status?: number;
  readonly action: WafAction;
  readonly score?: Score;
  readonly waf: WafInfo;
  readonly hits: readonly RuleHit[];
  readonly blockedBy?: BlockedBy;
  /** Why the engine could not read the body, where it took that down and let the request pass. */
  readonly unread?: string;
  /** Labels that rules put on the request, where the WAF has such. */
  readonly labels?: readonly string[];
  /** Where clients are named only. */
  readonly client?: string;
  /** Where clients are named only. */
  readonly userAgent?: string;
  readonly source: LogPosition;
}

/** Where something stands in a log. */
export interface LogPosition {
  /** The file as it was named, or `-`. */
  readonly file: string;
  /** From 1; the line with which it was complete. */
  readonly line?: number;
}

/** One file of a log, or standard input. */
export interface LogFile {
  readonly file: string;
  /** In words for people, such as `lines of docker compose, nginx's error log inside`; none where nothing was recognised. */
  readonly formats: readonly string[];
  /** Once unpacked. */
  readonly bytes: number;
  readonly transactions: number;
  /** What is there, where nothing was recognised. */
  readonly seen?: string;
  /** Why it could not be read to its end. */
  readonly problem?: string;
}

/** A rule in a field at an endpoint, and how often. */
export interface LoggedCause {
  /** Absent where no rule stands behind a refusal, or the log does not name it. */
  readonly ruleId?: RuleId;
  readonly message: string;
  /** As the WAF calls the field; absent where the log does not tell. */
  readonly variable?: string;
  readonly method?: string;
  /** Ids in it are placeholders: `/tickets/{number}`. */
  readonly path?: string;
  readonly transactions: number;
  readonly firstAt?: string;
  readonly lastAt?: string;
}

/** How many, and the most frequent ones where they are named. */
export interface Affected {
  readonly count: number;
  /** There are more than could be counted. */
  readonly isMore: boolean;
  /** The share of the most frequent one, 0 to 1. */
  readonly largestShare: number;
  readonly named: readonly { readonly name: string; readonly transactions: number }[];
}

/** What logs tell, summed up. */
export interface LogsSummary {
  readonly files: readonly LogFile[];
  readonly transactions: number;
  readonly actions: Readonly<Record<WafAction, number>>;
  /** Transactions that passed though rules matched. */
  readonly nearMisses: number;
  /** Records without a time, which no time limit leaves out. */
  readonly undated: number;
  readonly firstAt?: string;
  readonly lastAt?: string;
  /** What refused, how often: `inbound`, `rule`, … */
  readonly blockedBy: readonly { readonly kind: string; readonly transactions: number }[];
  /** Of what was refused, most first. */
  readonly refused: readonly LoggedCause[];
  /** Of what passed though rules matched, most first. */
  readonly passed: readonly LoggedCause[];
  /** How many there are besides those told. */
  readonly moreRefused: number;
  readonly morePassed: number;
  /** Scores of what was refused, lowest first. */
  readonly scores: readonly { readonly score: number; readonly transactions: number }[];
  readonly threshold?: number;
  readonly clients: Affected;
  readonly userAgents: Affected;
  /** There were more kinds of something than are kept: rare ones may be missing and counts be too low. */
  readonly isRough: boolean;
  /** The user had it end before all was read. */
  readonly isEarly: boolean;
}
