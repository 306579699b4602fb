import type { LogRecord } from '../contract/log-record.js';
import type { Transport } from '../contract/transport.js';
import type { Joiner } from '../evidence/joiner.js';
import type { Exchange } from '../model/exchange.js';
import type { CorrelationIds } from '../replay/correlation-ids.js';
import { withHost } from '../request/complete-request.js';
import { encodeRequest } from '../request/encode-request.js';
import { probeRequest } from '../request/probe-request.js';

/** What it takes to ask a target something, and to find it in the log. */
interface Asking<R extends LogRecord> {
  readonly ids: CorrelationIds;
  readonly joiner: Joiner<R>;
  readonly transport: Transport;
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
export async function logMovesOn<R extends LogRecord>(
  { ids, joiner, transport }: Asking<R>,
  host: string,
): Promise<boolean> {
  const request = encodeRequest(withHost(probeRequest(), host));
  for (let asked = 0; asked < mostAsked; asked++) {
    const id = ids.next();
    const expected = joiner.expect(id);
    const { outcome } = await transport.send(request, id);
    if (outcome.kind === 'answered') return (await expected.arrival()).kind === 'found';
    expected.forget();
    if (outcome.reason !== 'connection-reset') return false;
  }
  return false;
}
