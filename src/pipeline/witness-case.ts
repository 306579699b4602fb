import type { LogRecord } from '../contract/log-record.js';
import { fitsOf } from '../evidence/fit.js';
import type { Finished } from '../journal/journal.js';
import type { Case } from '../model/case.js';
import type { Exchange } from '../model/exchange.js';
import type { CaseResult } from '../model/report.js';
import type { WireRequest } from '../model/request.js';
import { asSent, lineAsSent } from '../replay/as-sent.js';
import { isIdempotent } from '../replay/idempotent.js';
import { isWorthWaiting, maxResent, refusalFor } from '../replay/requested-pause.js';
import { withRandomValues } from '../request/random-values.js';
import { judgeCase, type Witnessed } from './assemble-report.js';
import { witnessInSession } from './in-session.js';
import { mergeRepeats } from './merge-repeats.js';
import { logMovesOn, mayHaveArrived } from './prove-absence.js';
import { refusalBehind } from './refusals-at.js';
import type { SeenOnce, Sending } from './sending.js';
import { toldByAnswer } from './told-by-answer.js';
import { witnessInPage } from './witness-in-page.js';

/** Sends a case as often as it is asked for, and judges what came of it. */
export async function witnessCase<R extends LogRecord>(one: Case, sending: Sending<R>): Promise<Finished> {
  const [first, ...others] = await Promise.all([
    witnessTurn(one, 0, sending),
    ...Array.from({ length: sending.repeat - 1 }, (_, i) => witnessTurn(one, i + 1, sending)),
  ]);
  const results = await Promise.all([judgeTurn(first, sending), ...others.map((turn) => judgeTurn(turn, sending))]);
  return { result: mergeRepeats(one, results), again: mayBeSentAgain(one, [first, ...others]) };
}

/** Where an answer contradicts the log, what refusals look like at that path decides. */
async function judgeTurn<R extends LogRecord>(turn: Witnessed, sending: Sending<R>): Promise<CaseResult> {
  const { names, refusalsAt, address } = sending;
  const blockAnswer = await sending.blockAnswer;
  const witnessed = { ...turn, site: `${address.origin}${address.basePath}` };
  const result = judgeCase(witnessed, blockAnswer, names);
  const here = await refusalBehind(result, refusalsAt);
  const judged = here === undefined ? result : judgeCase(witnessed, here, names);
  sending.refusals?.note(judged, witnessed);
  return judged;
}

/** Nothing is known that sending again would not tell, and the target has seen nothing that it must not see twice. */
function mayBeSentAgain({ request }: Case, turns: readonly Witnessed[]): boolean {
  const isHarmless = isIdempotent(request.method) || turns.every(({ exchange }) => exchange.unsent === true);
  return isHarmless && turns.some(({ exchange, evidence }) => isFailed(exchange) && evidence.kind !== 'found');
}

function isFailed({ outcome }: Witnessed['exchange']): boolean {
  return outcome.kind === 'failed';
}

/** One sending of a case, with values and a correlation id of its own. */
async function witnessTurn<R extends LogRecord>(one: Case, turn: number, sending: Sending<R>): Promise<Witnessed> {
  const sent = withRandomValues(one, { seed: sending.seed, turn });
  return witnessInSession(sent, sending, {
    send: (wire, onAnswer) => witnessPatiently(one.id, wire, { ...sending, onAnswer }),
    inPage: (send, onAnswer) => witnessInPage(one.id, send, { ...sending, onAnswer }),
  });
}

interface Answering<R extends LogRecord> extends Sending<R> {
  /** Called when the answer is there, before its evidence is waited for. */
  readonly onAnswer: (exchange: Exchange) => void;
}

/**
 * A request that is refused for load was not processed, and one that the log proves never to have arrived neither, so it is
 * sent again, whatever its method: the transport waits as long as the target asks. Where the WAF's log tells that the WAF
 * refused it, that is the answer.
 */
async function witnessPatiently<R extends LogRecord>(
  caseId: string,
  request: WireRequest,
  sending: Answering<R>,
): Promise<SeenOnce> {
  let seen = await witnessOnce(caseId, request, sending);
  for (let resent = 0; resent < maxResent && isWorthSendingAgain(seen); resent++) {
    const next = await witnessOnce(caseId, request, sending);
    if (next.exchange.unsent === true) break;
    seen = next;
  }
  return seen;
}

function isWorthSendingAgain(seen: SeenOnce): boolean {
  return seen.neverArrived === true || isRefusedForLoad(seen);
}

function isRefusedForLoad({ exchange, evidence }: SeenOnce): boolean {
  const refusal = refusalFor(exchange.outcome, Date.now());
  const isBlock = evidence.kind === 'found' && evidence.evidence.action === 'blocked';
  return refusal !== undefined && isWorthWaiting(refusal) && !isBlock;
}

async function witnessOnce<R extends LogRecord>(
  caseId: string,
  request: WireRequest,
  sending: Answering<R>,
): Promise<SeenOnce> {
  const { ids, joiner, transport, address, attribute, backlog } = sending;
  await backlog?.room();
  const id = ids.next();
  const expected = joiner.expect(id);
  const announce = isIdempotent(request.method) ? undefined : () => sending.announce(caseId, id);
  const from = Date.now();
  const exchange = await transport.send(request, id, announce);
  sending.onAnswer(exchange);
  const { outcome } = exchange;
  if (outcome.kind === 'failed' && !mayHaveArrived(exchange)) {
    expected.forget();
    return { exchange, evidence: { kind: 'missing', reason: outcome.message } };
  }
  const status = outcome.kind === 'answered' ? outcome.status : undefined;
  const facts = { from, until: Date.now(), status, skewMs: sending.skewMs };
  const movesOn = outcome.kind === 'failed' && sending.isSlow !== true && logMovesOn(sending, address.host);
  const answer = sending.readAnswer?.(exchange);
  const arrival = expected.arrival(
    fitsOf({ ...lineAsSent(request, address), ...facts }),
    toldByAnswer(sending, exchange),
  );
  const joined = await (backlog?.hold(request, exchange, arrival) ?? arrival);
  if (joined.kind === 'missing') {
    const neverArrived = joined.seen !== true && (await movesOn);
    return {
      exchange,
      evidence: joined,
      ...(neverArrived && { neverArrived }),
      ...(answer !== undefined && { answer }),
    };
  }
  const evidence = attribute(joined.record, asSent(request, id, address));
  return { exchange, evidence: { kind: 'found', evidence }, ...(answer !== undefined && { answer }) };
}
