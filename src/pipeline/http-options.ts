import type { TargetOptions } from '../model/target-options.js';
import type { HttpTransportOptions } from '../replay/http-sender.js';
import { proxyFor } from '../replay/proxy.js';
import type { World } from './world.js';

type Sendable = Pick<TargetOptions, 'url' | 'host' | 'connections' | 'rate' | 'timeoutMs' | 'ca' | 'insecure'>;

/**
 * How a target is sent to: through a proxy, where the environment names one for it.
 * @throws WafproofError `PROXY_INVALID`
 */
export function httpOptions(target: Sendable, { signal, env }: Pick<World, 'signal' | 'env'>): HttpTransportOptions {
  const { url, host, connections, rate, timeoutMs, ca, insecure } = target;
  const proxy = proxyFor(url, env);
  return {
    url,
    connections,
    timeoutMs,
    insecure,
    signal,
    ...(proxy !== undefined && { proxy }),
    ...(ca !== undefined && { ca }),
    ...(host !== undefined && { host }),
    ...(rate !== undefined && { rate }),
  };
}
