import type { Case } from '../model/case.js';
import type { CaseResult } from '../model/report.js';
import { judgeCase } from './assemble-report.js';
import type { EarlierRun } from './read-journal.js';

const notSentAgain = 'was sent before the run ended; not sent again, because it must not be sent twice';

/** What an earlier part of the run came to for a case; nothing where it is to be sent now. */
export function earlierResult(one: Case, { results, sent }: EarlierRun): CaseResult | undefined {
  const entry = results.get(one.id);
  if (entry !== undefined) return entry.again === true ? undefined : entry.result;
  const correlationId = sent.get(one.id);
  return correlationId === undefined ? undefined : sentBefore(one, correlationId);
}

function sentBefore(sent: Case, correlationId: string): CaseResult {
  const outcome = { kind: 'failed', reason: 'aborted', message: notSentAgain } as const;
  const exchange = { correlationId, outcome, durationMs: 0 };
  return judgeCase({ sent, exchange, evidence: { kind: 'missing', reason: notSentAgain } }, true);
}
