import type { Intent } from '../../src/model/case.js';
import type { Evidence, EvidenceResult, Score } from '../../src/model/evidence.js';
import type { FailureReason, Outcome } from '../../src/model/exchange.js';
import type { Pair } from '../../src/model/request.js';
import type { Verdict } from '../../src/model/verdict.js';
import type { BlockAnswer } from '../../src/triage/block-answer.js';
import { judge } from '../../src/triage/judge.js';

export const unlogged: EvidenceResult = { kind: 'missing', reason: 'the log had no entry' };

export function logged(action: Evidence['action'], hits: Evidence['hits'] = [], score?: Score): EvidenceResult {
  return { kind: 'found', evidence: { action, hits, ...(score !== undefined && { score }) } };
}

export type Answer = Extract<Outcome, { kind: 'answered' }>;

export function answer(status: number, bodyExcerpt = '', headers: readonly Pair[] = []): Answer {
  return { kind: 'answered', status, headers, bodyExcerpt };
}

/** What refusals look like with most WAFs. */
export const usualBlocks: BlockAnswer = { kind: 'status', status: 403 };

/** The verdict on a case that was answered. */
export function verdictOf(
  intent: Intent,
  status: number,
  evidence: EvidenceResult,
  headers: readonly Pair[] = [],
): Verdict {
  return verdictOn(intent, answer(status, '', headers), evidence);
}

/** The verdict on an answer, where it is known what refusals look like. */
export function verdictOn(
  intent: Intent,
  outcome: Answer,
  evidence: EvidenceResult,
  blockAnswer: BlockAnswer = usualBlocks,
): Verdict {
  return judge({ intent, exchange: { correlationId: 'w7-test-1', outcome, durationMs: 1 }, evidence, blockAnswer });
}

/** The verdict on a case that was not answered. */
export function verdictOnFailure(reason: FailureReason, message: string, evidence: EvidenceResult): Verdict {
  const outcome = { kind: 'failed' as const, reason, message };
  return judge({ intent: 'attack', exchange: { correlationId: 'w7-test-1', outcome, durationMs: 1 }, evidence });
}
