import type { LogRecord } from '../contract/log-record.js';
import { fitOf } from '../evidence/fit.js';
import type { EarlierPart } from '../journal/journal.js';
import type { Case } from '../model/case.js';
import type { CaseResult } from '../model/report.js';
import { asSent } from '../replay/as-sent.js';
import { withRandomValues } from '../request/random-values.js';
import type { BlockAnswer } from '../triage/block-answer.js';
import { judgeCase } from './assemble-report.js';
import { readyAgain } from './in-session.js';
import { mergeRepeats } from './merge-repeats.js';
import type { PastLog } from './past-log.js';
import type { Sending } from './sending.js';

const notSentAgain = 'was sent before the run ended; not sent again, because it must not be sent twice';

/** What is reported of a case that an earlier part of the run had come to: what has no result is judged by the log. */
export async function earlierResult(
  one: Case,
  earlier: EarlierPart,
  past: PastLog,
  sending: Sending,
): Promise<CaseResult> {
  if (earlier.kind === 'done') return earlier.result;
  const [first = '', ...others] = earlier.correlationIds.slice(-sending.repeat);
  const judged = (id: string, turn: number) => byLog(one, { id, turn }, past, sending);
  return mergeRepeats(one, await Promise.all([judged(first, 0), ...others.map((id, i) => judged(id, i + 1))]));
}

interface Turn {
  readonly id: string;
  readonly turn: number;
}

/** Whoever has seen an id can write with it: the record must be of what was sent. */
async function byLog(one: Case, { id, turn }: Turn, past: PastLog, sending: Sending): Promise<CaseResult> {
  const drawn = withRandomValues(one, { seed: sending.seed, turn });
  const ready = await readyAgain(drawn, sending);
  if (typeof ready === 'string') return unknown(drawn, id, `${notSentAgain}, and ${ready}`, sending);
  const { wire, ...kept } = ready;
  const request = asSent(wire, id, sending.address);
  const facts = { from: past.from, until: past.until, skewMs: sending.skewMs };
  const joined = await past.find(id, (record) => fitOf(record, { ...request, ...facts }));
  if (joined.kind === 'missing') return unknown(kept.sent, id, `${notSentAgain}, and ${joined.reason}`, sending);
  const { record } = joined;
  const evidence = sending.attribute(record, request);
  const outcome = { kind: 'answered', status: statusOf(record), headers: [], bodyExcerpt: '' } as const;
  const exchange = { correlationId: id, outcome, durationMs: 0 };
  const found = { ...kept, exchange, evidence: { kind: 'found', evidence } as const };
  const refusals = refusalsFor(record, await sending.blockAnswer);
  const { status, ...result } = judgeCase(found, refusals, sending.names);
  return { ...result, ...(record.status !== undefined && status !== undefined && { status }) };
}

/** Logs of errors do not tell what was answered: by what the WAF did, for the verdict only. */
function statusOf({ status, action }: LogRecord): number {
  return status ?? (action === 'blocked' ? 403 : 200);
}

/** A page that refuses cannot be told from another by the log; that it was one is as the log says. */
function refusalsFor({ status }: LogRecord, blockAnswer: BlockAnswer): BlockAnswer | undefined {
  const isOfPages = blockAnswer.kind === 'page' && blockAnswer.status === status;
  return status === undefined || isOfPages ? undefined : blockAnswer;
}

function unknown(sent: Case, correlationId: string, reason: string, { names }: Sending): CaseResult {
  const outcome = { kind: 'failed', reason: 'aborted', message: reason } as const;
  const exchange = { correlationId, outcome, durationMs: 0 };
  return judgeCase({ sent, exchange, evidence: { kind: 'missing', reason } }, undefined, names);
}
