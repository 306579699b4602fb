import type { TargetOptions } from '../model/target-options.js';
import type { HttpTransportOptions } from '../replay/http-sender.js';
import { proxyFor } from '../replay/proxy.js';
import { RateLimiter } from '../util/rate-limiter.js';
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
    signal,
    ...(insecure !== undefined && { insecure }),
    ...(proxy !== undefined && { proxy }),
    ...(ca !== undefined && { ca }),
    ...(host !== undefined && { host }),
    ...(rate !== undefined && { rate }),
  };
}

/** How an origin beside the target is sent to, such as that of an identity provider: without what is said of the target alone. */
export function otherOrigins(
  target: Sendable,
  world: Pick<World, 'signal' | 'env'>,
): (origin: string) => HttpTransportOptions {
  const { connections, timeoutMs, ca } = target;
  const common = { connections, timeoutMs, insecure: false, ...(ca !== undefined && { ca }) };
  return (origin) => httpOptions({ url: origin, ...common }, world);
}

/** The same with one rate for all that is sent with it. */
export function limited(options: HttpTransportOptions): HttpTransportOptions {
  return options.rate === undefined ? options : { ...options, limiter: new RateLimiter(options.rate) };
}
