import type { LogRecord } from '../contract/log-record.js';
import { fitsOf } from '../evidence/fit.js';
import type { Exchange } from '../model/exchange.js';
import type { Entered, NotEntered } from '../replay/session/entry-in-page.js';
import { mayHaveArrived } from './prove-absence.js';
import type { SeenOnce, Sending } from './sending.js';
import { toldByAnswer } from './told-by-answer.js';

/** Has a page send a request that is found by its id. */
export type SendInPage = (id: string, beforeSending: () => void) => Promise<Entered | NotEntered>;

export type SeenInPage = { readonly entered: Entered; readonly seen: SeenOnce } | { readonly entered: NotEntered };

/** Sends a case in a page, once, and waits for its log entry: what a page sends cannot be sent again. */
export async function witnessInPage<R extends LogRecord>(
  caseId: string,
  send: SendInPage,
  sending: Sending<R> & { readonly onAnswer: () => void },
): Promise<SeenInPage> {
  const { ids, joiner, backlog, attribute } = sending;
  await backlog?.room();
  const id = ids.next();
  const expected = joiner.expect(id);
  const from = Date.now();
  const entered = await send(id, () => sending.announce(caseId, id));
  sending.onAnswer();
  if (entered.kind === 'not-entered') {
    expected.forget();
    return { entered };
  }
  const { outcome, durationMs, request } = entered;
  const exchange: Exchange = { correlationId: id, outcome, durationMs };
  if (outcome.kind === 'failed' && !mayHaveArrived(exchange)) {
    expected.forget();
    return { entered, seen: { exchange, evidence: { kind: 'missing', reason: outcome.message } } };
  }
  const status = outcome.kind === 'answered' ? outcome.status : undefined;
  const { method, target } = request;
  const fits = fitsOf({ method, target, from, until: Date.now(), status, skewMs: sending.skewMs });
  const arrival = expected.arrival(fits, toldByAnswer(sending, exchange));
  const joined = await (backlog?.hold(request, exchange, arrival) ?? arrival);
  const read = sending.readAnswer?.(exchange);
  const answer = read === undefined ? {} : { answer: read };
  if (joined.kind === 'missing') return { entered, seen: { exchange, evidence: joined, ...answer } };
  const evidence = { kind: 'found', evidence: attribute(joined.record, request) } as const;
  return { entered, seen: { exchange, evidence, ...answer } };
}
