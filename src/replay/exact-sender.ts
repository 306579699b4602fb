import * as http from 'node:http';
import * as https from 'node:https';
import type { Duplex } from 'node:stream';
import { headerPairs } from './answer-collector.js';
import { type Attempt, type AttemptLimits, attempt, type Progress } from './attempt.js';
import { type Route, routeTo, tlsOptions, tunnelTo } from './route.js';
import type { TargetAddress } from './target.js';
import type { PlannedRequest } from './wire-plan.js';

/**
 * Sends one request over a connection of its own, with the header fields exactly as given: for fields that undici
 * refuses. With `Transfer-Encoding: chunked` the body goes out in chunks. `Connection: close` is added where the request
 * has no `Connection`. Never rejects.
 */
export function sendExactly(request: PlannedRequest, target: TargetAddress, limits: AttemptLimits): Promise<Attempt> {
  return attempt(limits, (progress, done) => {
    try {
      const sending = begin(request, target, limits.timeoutMs);
      listen(sending, progress, done);
      if (isUnframed(request)) leaveUnframed(sending, request, routeTo(target));
      sending.end(request.body);
      return (reason) => sending.destroy(reason);
    } catch (error) {
      done(error);
      return () => {};
    }
  });
}

function begin(
  { method, path, headers }: PlannedRequest,
  target: TargetAddress,
  timeoutMs: number,
): http.ClientRequest {
  const route = routeTo(target);
  const { protocol, hostname, port } = new URL(route.origin);
  const options: https.RequestOptions = {
    host: hostname.replace(/^\[|\]$/g, ''),
    port,
    method,
    path: `${route.before}${path}`,
    ...(!isUnframed({ method, headers }) && { headers: [...headers, ...route.headers].flat() }),
    setHost: false,
    ...(target.localAddress !== undefined && { localAddress: target.localAddress }),
    ...connecting(target, timeoutMs),
    ...(route.serverName !== undefined && { servername: route.serverName }),
  };
  return protocol === 'https:' ? https.request(options) : http.request(options);
}

/** With these methods Node adds nothing. */
const plainMethods = ['GET', 'HEAD', 'DELETE', 'OPTIONS', 'TRACE'];

/** A request without `Content-Length` and `Transfer-Encoding` has no body (RFC 9112 section 6.3). */
function isUnframed({ method, headers }: Pick<PlannedRequest, 'method' | 'headers'>): boolean {
  const isFramed = headers.some(([name]) => /^(?:content-length|transfer-encoding)$/i.test(name));
  return !isFramed && !plainMethods.includes(method);
}

/** Node writes the head at once where it is given all fields, and then chunks with some methods. */
function leaveUnframed(sending: http.ClientRequest, { headers }: PlannedRequest, route: Route): void {
  sending.useChunkedEncodingByDefault = false;
  try {
    for (const [name, value] of [...headers, ...route.headers]) sending.appendHeader(name, value);
  } catch (error) {
    sending.destroy();
    throw error;
  }
  if (!headers.some(([name]) => name.toLowerCase() === 'connection')) sending.setHeader('Connection', 'close');
}

function connecting(target: TargetAddress, timeoutMs: number): https.RequestOptions {
  const tunnel = tunnelTo(target, timeoutMs);
  if (tunnel === undefined) return { agent: false, ...tlsOptions(target) };
  return {
    createConnection: (_, done) => {
      // Without a socket it was not made: the types ask for one all the same.
      tunnel((error, socket) => done(error, socket as Duplex));
      return undefined;
    },
  };
}

function listen(sending: http.ClientRequest, progress: Progress, done: (error?: unknown) => void): void {
  const start = (response: http.IncomingMessage) =>
    progress.answer.start(response.statusCode ?? 0, headerPairs(response.rawHeaders));
  sending.on('socket', (socket) => {
    const connected = () => {
      progress.connected = true;
    };
    if (socket.connecting) socket.once('connect', connected);
    else connected();
  });
  sending.on('response', (response) => {
    start(response);
    response.on('data', (chunk: Buffer) => {
      if (!progress.answer.add(chunk)) sending.destroy();
    });
    response.on('error', done);
    response.on('close', () => done(response.complete ? undefined : new Error('the body did not come to its end')));
  });
  sending.on('upgrade', (response, socket) => {
    start(response);
    socket.destroy();
    done();
  });
  sending.on('error', done);
}
