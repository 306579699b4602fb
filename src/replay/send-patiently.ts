import type { WireRequest } from '../model/request.js';
import { HttpSender, type HttpTransportOptions, type TimedAttempt } from './http-sender.js';
import { Pace } from './pace.js';
import { isWorthWaiting, maxResent, refusalFor } from './requested-pause.js';

/**
 * Sends one request by itself. Where the target refuses it for load, it is sent again after the pause that the target
 * asks for, whatever its method: it was not processed.
 */
export async function sendPatiently(
  options: HttpTransportOptions,
  request: WireRequest,
  correlationId: string,
): Promise<TimedAttempt> {
  const pace = new Pace({ connections: 1, maxFailures: 0 });
  const sender = new HttpSender({ ...options, connections: 1, pace });
  try {
    let attempt = await sender.send(request, correlationId);
    for (let resent = 0; resent < maxResent && isRefusedForNow(attempt); resent++) {
      attempt = await sender.send(request, correlationId);
    }
    return attempt;
  } finally {
    await sender.close();
  }
}

function isRefusedForNow({ outcome }: TimedAttempt): boolean {
  const refusal = refusalFor(outcome, Date.now());
  return refusal !== undefined && isWorthWaiting(refusal);
}
