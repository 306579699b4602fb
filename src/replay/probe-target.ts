import { fail, type WafproofError } from '../model/error.js';
import type { Exchange } from '../model/exchange.js';
import type { WireRequest } from '../model/request.js';
import type { HttpTransportOptions, TimedAttempt } from './http-sender.js';
import { sendPatiently } from './send-patiently.js';
import { certificateCure } from './trust.js';

const probe: WireRequest = {
  method: 'GET',
  target: '/',
  headers: [
    ['User-Agent', 'wafproof'],
    ['Accept', '*/*'],
  ],
  body: new Uint8Array(),
};

/**
 * Asks the target for its base path, before anything else is sent. Any answer will do, whatever its status; one that asks
 * to come back in a while is asked for again then. Fails with TARGET_UNREACHABLE where no connection can be made or the server closes it, TARGET_SILENT where it accepts the
 * connection and does not answer in time.
 */
export async function probeTarget(options: HttpTransportOptions, correlationId: string): Promise<Exchange> {
  const attempt = await sendPatiently(options, probe, correlationId);
  const { outcome, durationMs } = attempt;
  if (outcome.kind === 'failed') throw silence(options, attempt, outcome.message);
  return { correlationId, outcome, durationMs };
}

function silence(
  { url, timeoutMs, proxy }: HttpTransportOptions,
  attempt: TimedAttempt,
  reason: string,
): WafproofError {
  const timedOut = attempt.outcome.kind === 'failed' && attempt.outcome.reason === 'timeout';
  if (timedOut && attempt.connected) return fail('TARGET_SILENT', { url, timeoutMs });
  if (attempt.outcome.kind === 'failed' && attempt.outcome.reason === 'tls')
    return fail('TARGET_UNREACHABLE', { url, reason, cure: certificateCure(reason) });
  const isNamed = proxy === undefined || reason.includes(proxy.origin);
  const whole = isNamed ? reason : `through the proxy ${proxy.origin} (${proxy.variable}): ${reason}`;
  return fail('TARGET_UNREACHABLE', { url, reason: whole });
}
