import type { AnswerReading } from '../contract/answer-reading.js';
import type { FieldNames } from '../contract/field-names.js';
import type { Case, Secret, VerdictKind } from '../model/case.js';
import type { Evidence, EvidenceResult } from '../model/evidence.js';
import type { Exchange, Outcome } from '../model/exchange.js';
import type { CaseResult, ProbingInfo, ReportHead, SkippedCase, Summary, TargetInfo } from '../model/report.js';
import type { RequestSpec } from '../model/request.js';
import type { Selection } from '../model/selection.js';
import { contradictionIn, unreadIn } from '../triage/author.js';
import type { BlockAnswer } from '../triage/block-answer.js';
import { isAsExpected } from '../triage/expectation.js';
import { findCauses } from '../triage/findings.js';
import { judge } from '../triage/judge.js';
import { type RefusedExchange, triageOfRefusal, verdictWith } from '../triage/triage-of-refusal.js';
import { locateHits } from './locate-hits.js';
import { redact } from './redact.js';
import { toolVersion } from './tool-version.js';
import { withCause } from './with-cause.js';

/** A case that was sent, what came back, and what the log says of it. */
export interface Witnessed {
  readonly sent: Case;
  readonly exchange: Exchange;
  readonly evidence: EvidenceResult;
  /** What the answer tells by itself of who made it. */
  readonly answer?: AnswerReading;
  /** What the session brought with which it was sent. */
  readonly sessionSecrets?: readonly Secret[];
  /** The request with that in it. */
  readonly inSession?: RequestSpec;
  /** Scheme, host and port that it was sent to, and the path of the target; absent where it was sent nowhere. */
  readonly site?: string;
}

/** @param blockAnswer what refusals look like; absent where the status is the engine's own and says nothing of the application */
export function judgeCase(witnessed: Witnessed, blockAnswer: BlockAnswer | undefined, names: FieldNames): CaseResult {
  const { sent, exchange, evidence, sessionSecrets, inSession } = witnessed;
  const { outcome } = exchange;
  const { verdict, triage } = judgeRefusal(witnessed, blockAnswer);
  const status = outcome.kind === 'answered' ? outcome.status : undefined;
  const found: Evidence | undefined = evidence.kind === 'found' ? evidence.evidence : undefined;
  const result: CaseResult = {
    id: sent.id,
    suite: sent.suite,
    ...(sent.title !== undefined && { title: sent.title }),
    ...(sent.because !== undefined && { because: sent.because }),
    ...(sent.endpoint !== undefined && { endpoint: sent.endpoint }),
    intent: sent.intent,
    tags: sent.tags,
    at: sent.at,
    ...(Object.keys(sent.expect).length > 0 && { expect: sent.expect }),
    request: sent.request,
    correlationId: exchange.correlationId,
    ...(status !== undefined && (blockAnswer !== undefined || found?.action === 'blocked') && { status }),
    durationMs: Math.round(exchange.durationMs * 100) / 100,
    verdict: withCause(verdict, evidence),
    ...(triage !== undefined && { triage }),
    asExpected: isAsExpected(sent.intent, sent.expect, {
      verdict,
      status: blockAnswer === undefined ? undefined : status,
    }),
    ...(found?.score !== undefined && { score: found.score }),
    ...saidBeside(outcome, found, blockAnswer),
    hits: locateHits(found?.hits ?? [], names.fieldsIn(sent.request)),
    ...(found?.labels !== undefined && { labels: found.labels }),
  };
  return redact(result, sent.secrets, sessionSecrets, inSession);
}

/** What the log says that the answer does not show. */
function saidBeside(
  outcome: Outcome,
  found: Evidence | undefined,
  blockAnswer: BlockAnswer | undefined,
): Pick<CaseResult, 'contradiction' | 'unread'> {
  if (found === undefined || outcome.kind === 'failed') return {};
  const contradiction = contradictionIn(outcome, found, blockAnswer);
  const unread = blockAnswer === undefined ? undefined : unreadIn(outcome, found);
  return { ...(contradiction !== undefined && { contradiction }), ...(unread !== undefined && { unread }) };
}

/** A verdict, and where it was refused, who did it and why. */
function judgeRefusal(
  witnessed: Witnessed,
  blockAnswer: BlockAnswer | undefined,
): Pick<CaseResult, 'verdict' | 'triage'> {
  const { sent, exchange, evidence, answer } = witnessed;
  const verdict = judge({ intent: sent.intent, exchange, evidence, ...known(answer, blockAnswer) });
  const triage = triageOfRefusal(verdict, refusalIn(witnessed));
  if (triage === undefined) return { verdict };
  return { verdict: triage.cause === 'token-expired' ? verdictWith(verdict, triage) : verdict, triage };
}

function refusalIn({ sent, exchange, evidence, inSession, site = '' }: Witnessed): RefusedExchange {
  return { request: inSession ?? sent.request, site, outcome: exchange.outcome, evidence, at: Date.now() };
}

function known(answer: AnswerReading | undefined, blockAnswer: BlockAnswer | undefined) {
  return { ...(answer !== undefined && { answer }), ...(blockAnswer !== undefined && { blockAnswer }) };
}

/** What a whole job came to. */
export interface JobOutcome<R extends Iterable<CaseResult> = readonly CaseResult[]> {
  /** How the WAF calls the places in a request. */
  readonly names: FieldNames;
  readonly target: TargetInfo;
  readonly startedAt: Date;
  readonly durationMs: number;
  readonly seed?: number;
  /** Which cases were meant. */
  readonly select?: Partial<Selection>;
  /** Of which cases the job has a shard. */
  readonly partOf?: string | undefined;
  /** They are read once. */
  readonly results: R;
  readonly skipped: readonly SkippedCase[];
  readonly interrupted?: string;
  readonly probing?: ProbingInfo;
  /** How many log entries have an id of the job and are not of its requests. */
  readonly forged?: number;
}

export function assembleReport<R extends Iterable<CaseResult>>({
  startedAt,
  ...job
}: JobOutcome<R>): ReportHead & { readonly results: R } {
  const tally = new Tally();
  const findings = findCauses(tally.over(job.results), job.names.generalise);
  return {
    schemaVersion: 1,
    tool: { name: 'wafproof', version: toolVersion() },
    target: job.target,
    startedAt: startedAt.toISOString(),
    durationMs: Math.round(job.durationMs),
    ...(job.seed !== undefined && { seed: job.seed }),
    ...selectionOf(job.select),
    ...(job.partOf !== undefined && { partOf: job.partOf }),
    ...(job.forged !== undefined && job.forged > 0 && { forged: job.forged }),
    ...(job.probing !== undefined && { probing: job.probing }),
    ...(job.interrupted !== undefined && { interrupted: job.interrupted }),
    results: job.results,
    skipped: job.skipped,
    findings,
    summary: tally.summary(job.skipped),
  };
}

/** Nothing where all cases were meant. */
function selectionOf({ grep, tags = [], shard }: Partial<Selection> = {}): Pick<ReportHead, 'selection'> {
  const selection = {
    ...(grep !== undefined && { grep }),
    ...(tags.length > 0 && { tags }),
    ...(shard !== undefined && shard.total > 1 && { shard }),
  };
  return Object.keys(selection).length === 0 ? {} : { selection };
}

/** Counts results as they go by. */
class Tally {
  readonly #verdicts = new Map<VerdictKind, number>();
  #cases = 0;
  #unexpected = 0;

  *over(results: Iterable<CaseResult>): Generator<CaseResult, void, undefined> {
    for (const result of results) {
      const { kind } = result.verdict;
      this.#cases++;
      this.#verdicts.set(kind, (this.#verdicts.get(kind) ?? 0) + 1);
      if (!result.asExpected) this.#unexpected++;
      yield result;
    }
  }

  summary(skipped: readonly SkippedCase[]): Summary {
    return {
      cases: this.#cases,
      skipped: skipped.length,
      unexpected: this.#unexpected,
      verdicts: Object.fromEntries(this.#verdicts),
    };
  }
}
