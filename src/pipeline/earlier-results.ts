import type { FieldNames } from '../contract/field-names.js';
import type { EarlierPart } from '../journal/journal.js';
import type { Case } from '../model/case.js';
import type { CaseResult } from '../model/report.js';
import { judgeCase } from './assemble-report.js';

const notSentAgain = 'was sent before the run ended; not sent again, because it must not be sent twice';

/** What is reported of a case that an earlier part of the run had come to. */
export function earlierResult(sent: Case, earlier: EarlierPart, names: FieldNames): CaseResult {
  if (earlier.kind === 'done') return earlier.result;
  const outcome = { kind: 'failed', reason: 'aborted', message: notSentAgain } as const;
  const exchange = { correlationId: earlier.correlationId, outcome, durationMs: 0 };
  return judgeCase({ sent, exchange, evidence: { kind: 'missing', reason: notSentAgain } }, undefined, names);
}
