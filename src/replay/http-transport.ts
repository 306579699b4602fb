import type { Transport } from '../contract/transport.js';
import type { WireRequest } from '../model/request.js';
import { HttpSender, type HttpTransportOptions } from './http-sender.js';

export type { HttpTransportOptions } from './http-sender.js';

/**
 * A transport over HTTP/1.1 to one target. Every exchange carries its correlation id as the last header field; redirects
 * are not followed; no cookies are kept. Fails with TARGET_UNREACHABLE if the URL cannot be sent to; what goes wrong
 * later is an outcome.
 */
export function createHttpTransport(options: HttpTransportOptions): Transport {
  const sender = new HttpSender(options);
  return {
    async send(request: WireRequest, correlationId: string, beforeSending?: () => void) {
      const { outcome, durationMs, connected } = await sender.send(request, correlationId, beforeSending);
      return { correlationId, outcome, durationMs, ...(!connected && { unsent: true as const }) };
    },
    close: () => sender.close(),
  };
}
