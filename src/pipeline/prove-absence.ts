import type { LogRecord } from '../contract/log-record.js';
import type { Transport } from '../contract/transport.js';
import type { Joiner, ToldByAnswer } from '../evidence/joiner.js';
import type { Exchange } from '../model/exchange.js';
import type { CorrelationIds } from '../replay/correlation-ids.js';
import { withHost } from '../request/complete-request.js';
import { encodeRequest } from '../request/encode-request.js';
import { probeRequest } from '../request/probe-request.js';
import { type AnswerReader, toldByAnswer } from './told-by-answer.js';

/** What it takes to ask a target something, and to find it in the log. */
interface Asking<R extends LogRecord> extends AnswerReader<R> {
  readonly ids: CorrelationIds;
  readonly joiner: Joiner<R>;
  readonly transport: Transport;
}

/** An answer that tells of a refusal by itself says nothing of the log. */
function byId<R extends LogRecord>(asking: Asking<R>, exchange: Exchange): ToldByAnswer<R> {
  return { requestId: toldByAnswer(asking, exchange).requestId };
}

/** A target that closes connections may close that of the harmless request as well. */
const mostAsked = 3;

/** Whether a request may have gone out, and the connection ended without an answer: its log entry tells whether it arrived. */
export function mayHaveArrived({ outcome, unsent }: Exchange): boolean {
  return outcome.kind === 'failed' && outcome.reason === 'connection-reset' && unsent !== true;
}

/**
 * Whether the log shows a harmless request that is sent now: then it has requests that no rule matched, and has moved past
 * all that was sent before and was not logged.
 */
export async function logMovesOn<R extends LogRecord>(asking: Asking<R>, host: string): Promise<boolean> {
  const { ids, joiner, transport } = asking;
  const request = encodeRequest(withHost(probeRequest(), host));
  for (let asked = 0; asked < mostAsked; asked++) {
    const id = ids.next();
    const expected = joiner.expect(id);
    const exchange = await transport.send(request, id);
    const { outcome } = exchange;
    if (outcome.kind === 'answered')
      return (await expected.arrival(undefined, byId(asking, exchange))).kind === 'found';
    expected.forget();
    if (outcome.reason !== 'connection-reset') return false;
  }
  return false;
}
