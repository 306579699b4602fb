import { isLoopback } from '../util/loopback.js';

/** Other values for fields of requests and answers where a proxy is asked in the place of an application. */
export interface StandIn {
  /** @param asked the origin under which the client knows the proxy */
  requestField(name: string, value: string, asked: string): string;
  answerField(name: string, value: string): string;
}

/**
 * An application with a name of its own is asked by that name, and what it says of its own address leads to the proxy. One on
 * this machine hears the name that its client has used, port and all: what it builds links of leads to the proxy then.
 * @param url of the proxy, over plain HTTP
 */
export function standIn(upstream: URL, url: string): StandIn {
  const { origin, host, protocol, hostname } = upstream;
  const hasName = protocol === 'https:' || !isLoopback(hostname);
  const asApplication = (name: string, value: string, asked: string) => {
    if (name === 'host') return host;
    const isAddress = name === 'origin' || name === 'referer';
    return isAddress && startsAt(value, asked) ? `${origin}${value.slice(asked.length)}` : value;
  };
  const toProxy = (value: string) => {
    const start = [origin, `//${host}`].find((one) => startsAt(value, one));
    return start === undefined ? value : `${url}${value.slice(start.length)}`;
  };
  return {
    requestField: (name, value, asked) => (hasName ? asApplication(name.toLowerCase(), value, asked) : value),
    answerField: (name, value) => {
      if (/^(?:location|access-control-allow-origin)$/i.test(name)) return toProxy(value);
      return /^set-cookie$/i.test(name) ? cookieOfProxy(value, upstream) : value;
    },
  };
}

function startsAt(value: string, start: string): boolean {
  return value.startsWith(start) && /^(?:$|[/?#])/.test(value.slice(start.length));
}

/**
 * A cookie of the application as one of the proxy, which clients keep: not for the application's name, nor for TLS alone. A
 * name with `__Host-` or `__Secure-` stands for TLS (RFC 6265bis, section 4.1.3).
 */
function cookieOfProxy(field: string, { protocol, hostname }: URL): string {
  const [pair = '', ...attributes] = field.split(';');
  const isForTls = /^\s*__(?:host|secure)-/i.test(pair);
  const kept = attributes.filter((attribute) => {
    const [, name = '', value = ''] = /^\s*([^=]*?)\s*(?:=\s*(.*?)\s*)?$/s.exec(attribute.toLowerCase()) ?? [];
    if (name === 'domain') return !`.${hostname}`.endsWith(`.${value.replace(/^\./, '')}`);
    if (protocol !== 'https:' || isForTls) return true;
    return name !== 'secure' && !(name === 'samesite' && value === 'none');
  });
  return [pair, ...kept].join(';');
}
