import * as http from 'node:http';
import * as https from 'node:https';
import type { Socket } from 'node:net';
import * as tls from 'node:tls';
import type { Pair } from '../model/request.js';
import { reasonOf } from '../util/reason-of.js';
import { type HttpProxy, ProxyError } from './proxy.js';
import type { TargetAddress } from './target.js';

/** How a request gets to a target: what is connected to, and what has to be said there. */
export interface Route {
  /** Of the target, or of a proxy that passes requests on. */
  readonly origin: string;
  /** What stands before the path: a proxy is told the whole URL (RFC 9112 section 3.2.2). */
  readonly before: string;
  /** Header fields for the proxy, which does not pass them on. */
  readonly headers: readonly Pair[];
  /** The name that a certificate must bear; absent where none is looked for. */
  readonly serverName: string | undefined;
}

/** Plain HTTP is passed on by a proxy; what is encrypted goes through a tunnel, so that there is nothing to say. */
export function routeTo({ origin, proxy, serverName }: TargetAddress): Route {
  if (proxy === undefined || isEncrypted(origin)) return { origin, before: '', headers: [], serverName };
  return { origin: proxy.origin, before: origin, headers: authorization(proxy), serverName: undefined };
}

function authorization({ authorization: value }: HttpProxy): readonly Pair[] {
  return value === undefined ? [] : [['Proxy-Authorization', value]];
}

function isEncrypted(origin: string): boolean {
  return origin.startsWith('https:');
}

/** How the certificate of a target is looked at. */
export function tlsOptions({ insecure, trust }: TargetAddress) {
  return { rejectUnauthorized: !insecure, ...(trust !== undefined && { secureContext: trust }) };
}

/** Told an encrypted connection, or why there is none. */
export type Connected = (error: Error | null, socket: Socket | null) => void;

/** What makes connections through a tunnel of a proxy; absent where none is needed. */
export function tunnelTo(target: TargetAddress, timeoutMs: number): ((done: Connected) => void) | undefined {
  const { proxy, origin } = target;
  if (proxy === undefined || !isEncrypted(origin)) return undefined;
  return (done) => openTunnel(proxy, target, timeoutMs, done);
}

/** `CONNECT` (RFC 9110 section 9.3.6). */
function openTunnel(proxy: HttpProxy, target: TargetAddress, timeoutMs: number, done: Connected): void {
  const { hostname, port } = new URL(target.origin);
  const authority = `${hostname}:${port === '' ? 443 : port}`;
  const fields = [['Host', authority], ...authorization(proxy)];
  const options = { method: 'CONNECT', path: authority, headers: Object.fromEntries(fields), agent: false } as const;
  const asking = proxy.origin.startsWith('https:')
    ? https.request(proxy.origin, options)
    : http.request(proxy.origin, options);
  asking.setTimeout(timeoutMs, () =>
    asking.destroy(new ProxyError(proxy, `no answer within ${timeoutMs} ms`, 'ETIMEDOUT')),
  );
  asking.on('error', (error) => done(ofProxy(proxy, error), null));
  asking.on('connect', ({ statusCode = 0 }, socket, head) => {
    if (statusCode < 200 || statusCode > 299) {
      socket.destroy();
      return done(new ProxyError(proxy, `it answered ${statusCode} to CONNECT ${authority}`, ''), null);
    }
    socket.setTimeout(0);
    if (head.length > 0) socket.unshift(head);
    encrypt(socket, target, done);
  });
  asking.end();
}

function encrypt(socket: Socket, target: TargetAddress, done: Connected): void {
  const host = new URL(target.origin).hostname.replace(/^\[|\]$/g, '');
  const name = target.serverName === undefined ? {} : { servername: target.serverName };
  const secured = tls.connect({ socket, host, ...name, ...tlsOptions(target), ALPNProtocols: ['http/1.1'] });
  const onError = (error: Error) => done(error, null);
  secured.once('error', onError);
  secured.once('secureConnect', () => {
    secured.off('error', onError);
    done(null, secured);
  });
}

function ofProxy(proxy: HttpProxy, error: Error): ProxyError {
  return error instanceof ProxyError ? error : new ProxyError(proxy, reasonOf(error), codeOf(error));
}

function codeOf(error: Error): string {
  return 'code' in error && typeof error.code === 'string' ? error.code : '';
}
