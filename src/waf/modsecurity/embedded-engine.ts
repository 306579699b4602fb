import { rm } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import type { StepProgress } from '../../contract/progress.js';
import { correlationHeader, infoSuffix } from '../../model/correlation.js';
import type { WafproofError } from '../../model/error.js';
import { fail } from '../../model/error.js';
import type { Exchange } from '../../model/exchange.js';
import type { WafInfo } from '../../model/report.js';
import type { WireRequest } from '../../model/request.js';
import { makeTemporaryFolder } from '../../util/temporary-folder.js';
import type { AuditScope } from './base-config.js';
import { type EnginePool, startPool } from './engine-pool.js';
import { type EngineSetup, firstRuleSet, type RuleSetPlan } from './engine-protocol.js';
import type { EngineOutcome, StartFailure } from './engine-worker.js';
import { findLibrary } from './library.js';
import type { ModsecurityRecord } from './log-record.js';
import { parseV3Json } from './logs/v3-json.js';
import { planRules, type RuleOptions, readUserRules } from './rule-plan.js';
import type { UserRules } from './user-rules/user-rules.js';

export interface EmbeddedEngineOptions extends RuleOptions {
  /** Path of libmodsecurity 3, where it is not in a usual place. */
  readonly library?: string;
  /** Engine processes; one a core by default. */
  readonly workers?: number;
  /** How long one request may take before it is given up, in milliseconds. */
  readonly timeoutMs?: number;
  /** Whether the engine writes an audit log entry of every request, or only of those that a rule matched. */
  readonly audit?: AuditScope;
}

/** libmodsecurity in this machine's memory: no server, no network. */
export interface EmbeddedEngine {
  readonly info: WafInfo;
  /** How many requests it works on at once. */
  readonly workers: number;
  evaluate(request: WireRequest, correlationId: string): Promise<LoggedEvaluation>;
  /**
   * The same processes with other rules, which they load when the first request comes. Where both share the Core Rule
   * Set's files, that takes about a millisecond.
   */
  variant(options: RuleOptions): EngineVariant;
  close(): Promise<void>;
}

/** Rules in processes that have others as well. */
export interface EngineVariant {
  /** @throws WafproofError `RULES_INVALID` */
  evaluate(request: WireRequest, correlationId: string): Promise<LoggedEvaluation>;
  /** Gives their memory back. */
  close(): void;
}

/** What the engine says of one request: its answer, and what it wrote in its log, if anything. */
export interface LoggedEvaluation {
  readonly exchange: Exchange;
  readonly record: ModsecurityRecord | undefined;
  /** The audit log entry in bytes, newline included. */
  readonly entry: Uint8Array | undefined;
}

/** What an engine process answers for a request that nothing refused. */
const passedStatus = 200;
const defaultTimeoutMs = 60_000;

/**
 * Starts libmodsecurity 3 with a Core Rule Set in processes of its own.
 * @param loading told how many processes there are, and of each that has loaded the rules
 * @throws WafproofError `ENGINE_MISSING`, `ENGINE_START`, `CRS_MISSING`, `RULES_NOT_FOUND`, `RULES_EXECUTE`, `RULES_INVALID`
 */
export async function startEmbeddedEngine(
  options: EmbeddedEngineOptions,
  loading?: StepProgress,
): Promise<EmbeddedEngine> {
  const library = findLibrary(options.library);
  const folder = await makeTemporaryFolder('engine');
  const removeFolder = () => rm(folder, { recursive: true, force: true });
  try {
    const own = readUserRules(options, 'modsecurity3', join(folder, 'rules'));
    const parts = planRules(options, options.audit ?? 'relevant', own);
    const workers = options.workers ?? availableParallelism();
    const setups = Array.from(
      { length: workers },
      (_, i): EngineSetup => ({ library, folder: join(folder, `${i}`), parts }),
    );
    const pool = await startPool(setups, options.timeoutMs ?? defaultTimeoutMs, loading);
    if ('kind' in pool) throw startError(pool, own);
    return await describe(pool, options, folder);
  } catch (error) {
    await removeFolder();
    throw error;
  }
}

async function describe(
  pool: EnginePool,
  { audit = 'relevant' }: EmbeddedEngineOptions,
  folder: string,
): Promise<EmbeddedEngine> {
  const evaluate = (request: WireRequest, id: string) => evaluateWith(pool, request, id);
  const { record } = await evaluate(infoRequest, infoId);
  const info: WafInfo = { kind: 'modsecurity', ...record?.waf, version: `ModSecurity ${pool.version}` };
  const close = async () => {
    await pool.close();
    await rm(folder, { recursive: true, force: true });
  };
  let id = firstRuleSet;
  const variant = (rules: RuleOptions) => {
    id += 1;
    const own = readUserRules(rules, 'modsecurity3', join(folder, `rules-${id}`));
    return variantOf(pool, { id, parts: planRules(rules, audit, own) }, own);
  };
  return { info, workers: pool.size, evaluate, variant, close };
}

function variantOf(pool: EnginePool, plan: RuleSetPlan, own: UserRules): EngineVariant {
  return {
    evaluate: (request, correlationId) => evaluateWith(pool, request, correlationId, { plan, own }),
    close: () => pool.drop(plan),
  };
}

const infoId = `w7${infoSuffix}`;

const infoRequest: WireRequest = {
  method: 'GET',
  target: '/',
  headers: [
    ['Host', 'localhost'],
    ['User-Agent', 'Wafproof'],
    ['Accept', '*/*'],
    [correlationHeader, infoId],
  ],
  body: new Uint8Array(),
};

async function evaluateWith(
  pool: EnginePool,
  request: WireRequest,
  correlationId: string,
  other?: { readonly plan: RuleSetPlan; readonly own: UserRules },
): Promise<LoggedEvaluation> {
  const outcome = await pool.run({ id: correlationId, request }, other?.plan);
  if (outcome.kind === 'rules-invalid') throw startError(outcome, other?.own);
  if (outcome.kind !== 'done')
    return { exchange: failedExchange(outcome, correlationId), record: undefined, entry: undefined };
  const { status, durationMs, entry, reason } = outcome.result;
  const record = readRecord(entry, status, reason);
  if (isOfAnother(record, correlationId))
    return { exchange: failedExchange(strangeEntry, correlationId), record: undefined, entry: undefined };
  return {
    exchange: { correlationId, outcome: { kind: 'answered', status, headers: [], bodyExcerpt: '' }, durationMs },
    record,
    entry,
  };
}

const strangeEntry = { kind: 'crashed', reason: "the engine's log entry is of another request" } as const;

/** The engine writes down the id that it was given with a request. */
function isOfAnother({ transactionId }: ModsecurityRecord, correlationId: string): boolean {
  return transactionId !== undefined && transactionId !== correlationId;
}

/** The engine's answer is certain where its log is silent: 200 stands for a request that nothing refused. */
function readRecord(entry: Uint8Array | undefined, status: number, reason: string | undefined): ModsecurityRecord {
  const logged = entry === undefined ? undefined : parseV3Json(entry);
  const record: ModsecurityRecord = logged ?? { action: 'passed', waf: { kind: 'modsecurity' }, hits: [] };
  if (status === passedStatus) return record;
  const refused: ModsecurityRecord = { ...record, action: 'blocked' };
  return reason === undefined ? refused : { ...refused, blockedBy: { kind: 'body-parser', reason } };
}

type FailedOutcome = Exclude<EngineOutcome, { kind: 'done' | 'rules-invalid' }>;

function failedExchange(outcome: FailedOutcome, correlationId: string): Exchange {
  const failure =
    outcome.kind === 'timeout'
      ? { reason: 'timeout' as const, message: `the engine gave no answer in ${outcome.afterMs} ms` }
      : { reason: 'engine-crashed' as const, message: outcome.reason };
  return { correlationId, outcome: { kind: 'failed', ...failure }, durationMs: 0 };
}

function startError(failure: StartFailure, own?: UserRules): WafproofError {
  if (failure.kind === 'start-failed') return fail('ENGINE_START', { reason: failure.error });
  const { part, error } = failure;
  const place = /File: (.*?)\. Line: (\d+)\. Column: (\d+)\. */.exec(error);
  const file = 'file' in part ? part.file : `<${part.name}>`;
  const [all = '', named = file, line, column] = place ?? [];
  const read = named.startsWith('<<') ? file : named;
  const at = own?.originals.get(read) ?? read;
  const reason = error.replace('Rules error. ', '').replace(all, '').trim();
  return fail(
    'RULES_INVALID',
    { reason },
    { place: { file: at, ...(line && { line: Number(line), column: Number(column) }) } },
  );
}
