import { sinceTime } from '../../evidence/since.js';
import { fail } from '../../model/error.js';
import type { Evidence } from '../../model/evidence.js';
import type { LoggedTransaction, LogsOptions } from '../../model/logs.js';
import { mayBeOfParser } from '../../triage/author.js';
import type { Told } from './stream-reader.js';

/** ISO 8601 times, which order as texts do. */
export interface TimeLimits {
  readonly since?: string;
  readonly until?: string;
}

/** @throws WafproofError `USAGE` for what is no time */
export function readLimits({ since, until }: Pick<LogsOptions, 'since' | 'until'>): TimeLimits {
  return {
    ...(since !== undefined && { since: timeOf('since', since) }),
    ...(until !== undefined && { until: timeOf('until', until) }),
  };
}

function timeOf(option: string, text: string): string {
  const time = sinceTime(text, new Date());
  if (!Number.isNaN(time.getTime())) return time.toISOString();
  const message = `--${option} takes a time such as 2026-11-22T20:00:00Z, or how long ago: 90s, 10m, 2h, 1d; not "${text}"`;
  throw fail('USAGE', { message, command: 'logs' });
}

/** What a transaction of a log is to a reader of it. */
interface Place {
  readonly file: string;
  readonly limits: TimeLimits;
  readonly namesClients: boolean;
}

/** Nothing for one of another time. What has no time is of any. */
export function toTransaction(
  { record, evidence }: Told,
  { file, limits, namesClients }: Place,
): LoggedTransaction | undefined {
  const { at, transactionId, correlationId, request = {}, line, waf } = record;
  if (at !== undefined && !isWithin(at, limits)) return undefined;
  const { action, status, score, hits, blockedBy, labels } = settled(evidence());
  const { method, path, client, userAgent } = request;
  return {
    ...given({
      at,
      transactionId,
      correlationId,
      method,
      path: path === undefined ? path : withoutQuery(path),
      status,
    }),
    action,
    ...given({ score }),
    waf,
    hits,
    ...given({ blockedBy, labels, unread: record.unread }),
    ...(namesClients && given({ client, userAgent })),
    source: { file, ...given({ line }) },
  };
}

/** Where the log gives a reason to refuse and does not say that it did, the status that it tells elsewhere decides. */
function settled(evidence: Evidence): Evidence {
  const { status, blockedBy, ...rest } = evidence;
  if (blockedBy?.assumed !== true || status === undefined || mayBeOfParser(status)) return evidence;
  return { ...rest, status, action: 'passed' };
}

function isWithin(at: string, { since, until }: TimeLimits): boolean {
  return (since === undefined || at >= since) && (until === undefined || at <= until);
}

/** Queries hold what is not for everybody's eyes. */
function withoutQuery(path: string): string {
  const end = path.search(/[?#]/);
  return end < 0 ? path : path.slice(0, end);
}

type Given<T> = { readonly [K in keyof T]?: Exclude<T[K], undefined> };

function given<T extends object>(values: T): Given<T> {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as Given<T>;
}
