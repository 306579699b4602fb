import { BlockList, isIP } from 'node:net';
import { fail } from '../model/error.js';
import { isLoopback } from '../util/loopback.js';

/** A proxy on the way to a target. */
export interface HttpProxy {
  /** Its scheme, host and port; never its credentials. */
  readonly origin: string;
  /** The value of `Proxy-Authorization`, where it wants to know who asks. */
  readonly authorization?: string;
  /** The environment variable that names it. */
  readonly variable: string;
}

/** What went wrong at a proxy, in words; the code tells what kind of failure it is. */
export class ProxyError extends Error {
  readonly code: string;

  constructor({ origin, variable }: HttpProxy, reason: string, code: string) {
    super(`the proxy ${origin} (${variable}): ${reason}`);
    this.code = code;
  }
}

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * The proxy that the environment names for a URL, as curl reads it: `HTTP_PROXY` and `HTTPS_PROXY` by the scheme, except for
 * hosts in `NO_PROXY`; a name in lower case wins. What is on this machine is always asked directly.
 * @throws WafproofError `PROXY_INVALID`
 */
export function proxyFor(url: string, env: Environment): HttpProxy | undefined {
  if (!URL.canParse(url)) return undefined;
  const target = new URL(url);
  const name = target.protocol === 'https:' ? 'https_proxy' : 'http_proxy';
  const { variable, value } = lookUp(name, env);
  if (value === '' || isLoopback(target.hostname)) return undefined;
  return isExempt(target, lookUp('no_proxy', env).value) ? undefined : parseProxy(variable, value);
}

function lookUp(name: string, env: Environment): { readonly variable: string; readonly value: string } {
  const variable = (env[name] ?? '') === '' ? name.toUpperCase() : name;
  return { variable, value: env[variable]?.trim() ?? '' };
}

/** A scheme may be missing, as in `proxy.example:3128`. */
function parseProxy(variable: string, value: string): HttpProxy {
  const text = /^[a-z][a-z0-9+.-]*:\/\//i.test(value) ? value : `http://${value}`;
  const parsed = URL.canParse(text) ? new URL(text) : undefined;
  if (parsed === undefined || !/^https?:$/.test(parsed.protocol)) throw fail('PROXY_INVALID', { variable });
  const { origin, username, password } = parsed;
  if (username === '' && password === '') return { origin, variable };
  const credentials = `${decoded(username, variable)}:${decoded(password, variable)}`;
  return { origin, variable, authorization: `Basic ${Buffer.from(credentials).toString('base64')}` };
}

function decoded(text: string, variable: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    throw fail('PROXY_INVALID', { variable });
  }
}

/** Names stand for the names below them too, with or without a dot or `*.` before them; `*` stands for all. */
function isExempt({ hostname, port, protocol }: URL, list: string): boolean {
  const host = hostname.replace(/^\[|\]$/g, '').toLowerCase();
  const usedPort = port === '' ? (protocol === 'https:' ? '443' : '80') : port;
  return list
    .toLowerCase()
    .split(/[\s,]+/)
    .filter((entry) => entry !== '')
    .some((entry) => covers(entry, host, usedPort));
}

function covers(entry: string, host: string, port: string): boolean {
  if (entry === '*') return true;
  if (entry.includes('/')) return isInSubnet(entry, host);
  const [, name = '', wantedPort] = /^(\[[^\]]*\]|[^:]*)(?::(\d+))?$/.exec(entry) ?? [undefined, entry];
  if (wantedPort !== undefined && wantedPort !== port) return false;
  const bare = name.replace(/^\[|\]$/g, '').replace(/^\*?\./, '');
  return bare !== '' && (host === bare || (isIP(host) === 0 && host.endsWith(`.${bare}`)));
}

/** `10.0.0.0/8`, for targets that are addresses. */
function isInSubnet(entry: string, host: string): boolean {
  const [network = '', bits = ''] = entry.split('/');
  const family = isIP(network);
  const length = Number(bits);
  if (family === 0 || isIP(host) !== family || !/^\d{1,3}$/.test(bits) || length > (family === 4 ? 32 : 128))
    return false;
  const list = new BlockList();
  const type = family === 4 ? 'ipv4' : 'ipv6';
  list.addSubnet(network, length, type);
  return list.check(host, type);
}
