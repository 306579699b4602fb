import type { Browser } from '../contract/browser.js';
import { DrivenBrowser } from '../record/browser/driven-browser.js';
import type { HttpTransportOptions } from '../replay/http-sender.js';
import type { HttpProxy } from '../replay/proxy.js';
import { parseTarget } from '../replay/target.js';
import { trustedKey } from '../replay/trusted-key.js';
import type { World } from './world.js';

/** A browser for a target, which it reaches as requests do: by the name that it is asked by. It starts when it is used. */
export function targetBrowser(http: HttpTransportOptions, { env, signal }: Pick<World, 'env' | 'signal'>): Browser {
  const target = parseTarget(http);
  const { origin, host, insecure, proxy } = target;
  const real = new URL(origin);
  const asked = new URL(`${real.protocol}//${host}`);
  const port = real.port === '' ? { 'http:': '80', 'https:': '443' }[real.protocol] : real.port;
  const hosts = asked.host === real.host ? {} : { [asked.hostname]: `${real.hostname}:${port}` };
  return new DrivenBrowser({
    launch: { env, signal, hosts, ...(proxy !== undefined && { proxy: proxyOf(proxy) }) },
    keys: async () => [await trustedKey(target)].filter((key) => key !== undefined),
    env,
    insecure,
    origin: asked.origin,
    timeoutMs: http.timeoutMs,
    ...(http.limiter !== undefined && http.rate !== undefined && { limit: { limiter: http.limiter, rate: http.rate } }),
  });
}

function proxyOf({ origin, authorization = '' }: HttpProxy) {
  const credentials = Buffer.from(authorization.replace(/^Basic /, ''), 'base64').toString('utf8');
  const colon = credentials.indexOf(':');
  if (colon < 0) return { server: origin };
  return { server: origin, username: credentials.slice(0, colon), password: credentials.slice(colon + 1) };
}
