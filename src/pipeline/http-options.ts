import type { TargetOptions } from '../model/target-options.js';
import type { HttpTransportOptions } from '../replay/http-sender.js';

type Sendable = Pick<TargetOptions, 'url' | 'host' | 'connections' | 'rate' | 'timeoutMs' | 'insecure'>;

/** How a target is sent to. */
export function httpOptions(target: Sendable, signal: AbortSignal): HttpTransportOptions {
  const { url, host, connections, rate, timeoutMs, insecure } = target;
  return {
    url,
    connections,
    timeoutMs,
    insecure,
    signal,
    ...(host !== undefined && { host }),
    ...(rate !== undefined && { rate }),
  };
}
