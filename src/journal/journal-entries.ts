import { verdictKinds } from '../model/case.js';
import type { CaseResult } from '../model/report.js';

/** What makes a run the same run: what is sent, where, and how, each by a name that people read. */
export type JobIdentity = Readonly<Record<string, string>>;

/** The first line of a journal. */
export interface JournalHead {
  readonly kind: 'head';
  readonly format: 1;
  /** When the run began. ISO 8601, UTC. */
  readonly startedAt: string;
  readonly job: JobIdentity;
}

/** The request of a case is about to go out, and is none that may be sent twice. */
export interface SentEntry {
  readonly kind: 'sent';
  readonly id: string;
  readonly correlationId: string;
}

/** A case is finished. */
export interface ResultEntry {
  readonly kind: 'result';
  /** Time that the run had taken by then, all its parts together, in milliseconds. */
  readonly elapsedMs: number;
  /** The case had no answer, and it does no harm to send it again. */
  readonly again?: true;
  readonly result: CaseResult;
}

export type JournalEntry = JournalHead | SentEntry | ResultEntry;

/** One line of a journal, written by this program; nothing if it is anything else. */
export function parseEntry(line: string): JournalEntry | undefined {
  const value = parseJson(line);
  if (!isRecord(value)) return undefined;
  const isEntry = isHead(value) || isSent(value) || isResult(value);
  return isEntry ? (value as unknown as JournalEntry) : undefined;
}

type Fields = Readonly<Record<string, unknown>>;

function parseJson(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}

function isHead({ kind, format, startedAt, job }: Fields): boolean {
  const isIdentity = isRecord(job) && Object.values(job).every((text) => typeof text === 'string');
  const isTime = typeof startedAt === 'string' && !Number.isNaN(Date.parse(startedAt));
  return kind === 'head' && format === 1 && isTime && isIdentity;
}

function isSent({ kind, id, correlationId }: Fields): boolean {
  return kind === 'sent' && typeof id === 'string' && typeof correlationId === 'string';
}

function isResult({ kind, elapsedMs, again, result }: Fields): boolean {
  const isTimed = typeof elapsedMs === 'number' && elapsedMs >= 0;
  return kind === 'result' && isTimed && (again === undefined || again === true) && isCaseResult(result);
}

/** Enough to tell a result from other JSON: what is in it was written by this program, and is only shown. */
function isCaseResult(value: unknown): boolean {
  if (!isRecord(value)) return false;
  const { id, suite, intent, tags, at, request, correlationId, durationMs, verdict, asExpected, hits } = value;
  const texts = [id, suite, correlationId].every((text) => typeof text === 'string');
  const lists =
    Array.isArray(tags) && Array.isArray(hits) && hits.every((hit) => isRecord(hit) && isRecord(hit['variable']));
  const isJudged = isRecord(verdict) && verdictKinds.some((kind) => kind === verdict['kind']);
  const isMeant = intent === 'legitimate' || intent === 'attack';
  return (
    texts &&
    lists &&
    isJudged &&
    isMeant &&
    isRecord(at) &&
    isRequest(request) &&
    typeof durationMs === 'number' &&
    typeof asExpected === 'boolean'
  );
}

function isRequest(value: unknown): boolean {
  if (!isRecord(value)) return false;
  const lists = ['query', 'headers', 'cookies', 'omittedHeaders'].every((name) => Array.isArray(value[name]));
  const texts = ['method', 'path'].every((name) => typeof value[name] === 'string');
  return lists && texts && isRecord(value['body']) && typeof value['body']['kind'] === 'string';
}

function isRecord(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
