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
  const sender = patientSender({ ...options, connections: 1 });
  try {
    return await sendAgain(sender, request, correlationId);
  } finally {
    await sender.close();
  }
}

/** A sender for `sendAgain`: it pauses where the target asks for that, and never gives the target up. */
export function patientSender(options: HttpTransportOptions): HttpSender {
  return new HttpSender({ ...options, pace: new Pace({ connections: options.connections, maxFailures: 0 }) });
}

/** As `sendPatiently`, over the connections of a sender. */
export async function sendAgain(
  sender: HttpSender,
  request: WireRequest,
  correlationId: string,
): Promise<TimedAttempt> {
  let attempt = await sender.send(request, correlationId);
  for (let resent = 0; resent < maxResent && isRefusedForNow(attempt); resent++) {
    attempt = await sender.send(request, correlationId);
  }
  return attempt;
}

function isRefusedForNow({ outcome }: TimedAttempt): boolean {
  const refusal = refusalFor(outcome, Date.now());
  return refusal !== undefined && isWorthWaiting(refusal);
}
