import { Agent, createServer, request as httpRequest, type IncomingMessage, type ServerResponse } from 'node:http';
import { Agent as HttpsAgent, request as httpsRequest } from 'node:https';
import type { Pair } from '../model/request.js';
import { isLoopback } from '../util/loopback.js';
import { reasonOf } from '../util/reason-of.js';
import { KeptBody } from './kept-body.js';
import { closeAtOnce, listenOnLoopback } from './loopback-port.js';
import { tunnelUpgrade } from './tunnel-upgrade.js';

/** A request that went through, as the client sent it, and what came back. */
export interface PassedRequest {
  /** Counts from 0, in the order in which requests began. */
  readonly index: number;
  readonly method: string;
  readonly target: string;
  readonly headers: readonly Pair[];
  /** Absent where it was longer than what is kept, or its client gave up. */
  readonly body?: Buffer;
  /** How many bytes of it were sent. */
  readonly length: number;
  /** A web socket was opened, whose messages are not looked at. */
  readonly isSocket?: true;
  /** Absent where none came. */
  readonly answer?: { readonly status: number; readonly headers: readonly Pair[]; readonly body: Buffer };
}

export interface RecordingSetup {
  readonly upstream: URL;
  /** Port on 127.0.0.1; 0 lets the system choose. */
  readonly port: number;
  /** How much of each body is kept, in bytes. */
  readonly requestBytes: number;
  readonly answerBytes: number;
  /** A header that is for the recording alone. */
  readonly ownHeader: string;
  /** Called when a request and its answer are over. */
  readonly onPassed: (passed: PassedRequest) => void;
}

export interface RecordingProxy {
  readonly url: string;
  close(): Promise<void>;
}

/**
 * A reverse proxy on loopback that lets everything pass as it is, streams it both ways, and keeps a copy. Web sockets pass
 * too. Redirects to the application's own address lead back to the proxy.
 * @throws WafproofError `LAB_PORT`
 */
export async function startRecordingProxy(setup: RecordingSetup): Promise<RecordingProxy> {
  const way = new Way(setup.upstream);
  let count = 0;
  const server = createServer({ maxHeaderSize: 256 * 1024, keepAliveTimeout: 30_000, requestTimeout: 0 });
  const port = await listenOnLoopback(server, setup.port);
  const url = `http://localhost:${port}`;
  server.on('request', (request, response) => pass(request, response, { ...setup, way, url, index: count++ }));
  server.on('upgrade', (request, socket, head) => {
    const { method = 'GET', url: target = '/' } = request;
    setup.onPassed({ index: count++, method, target, headers: pairsOf(request), length: 0, isSocket: true });
    tunnelUpgrade(setup.upstream, request, socket, head);
  });
  const close = async () => {
    await closeAtOnce(server);
    way.close();
  };
  return { url, close };
}

/** How the application is asked; a certificate of this machine's own is taken as it is. */
class Way {
  readonly #upstream: URL;
  readonly #agent: Agent;

  constructor(upstream: URL) {
    this.#upstream = upstream;
    const options = { keepAlive: true };
    const isTls = upstream.protocol === 'https:';
    const trust = isLoopback(upstream.hostname) ? { rejectUnauthorized: false } : {};
    this.#agent = isTls ? new HttpsAgent({ ...options, ...trust }) : new Agent(options);
  }

  send(method: string, path: string, headers: readonly string[]) {
    const { protocol, hostname, port } = this.#upstream;
    const send = protocol === 'https:' ? httpsRequest : httpRequest;
    const host = hostname.replace(/^\[|\]$/g, '');
    return send({ host, port, method, path, headers, agent: this.#agent, setHost: false });
  }

  close(): void {
    this.#agent.destroy();
  }
}

interface Passing extends RecordingSetup {
  readonly way: Way;
  readonly url: string;
  readonly index: number;
}

function pass(request: IncomingMessage, response: ServerResponse, passing: Passing): void {
  const { way, url, upstream, index, onPassed } = passing;
  const { method = 'GET', url: target = '/' } = request;
  const sent = new KeptBody(passing.requestBytes);
  const came = new KeptBody(passing.answerBytes);
  const passed = way.send(method, target, sentFields(request, passing.ownHeader));
  let answer: IncomingMessage | undefined;
  const end = () => {
    const head = { index, method, target, headers: pairsOf(request), length: sent.length };
    const body = request.complete ? sent.whole() : undefined;
    const { statusCode: status = 0 } = answer ?? {};
    const came_ = answer && { answer: { status, headers: pairsOf(answer), body: came.start() } };
    onPassed({ ...head, ...(body !== undefined && { body }), ...came_ });
  };
  passed.on('response', (arrived) => {
    answer = arrived;
    arrived.on('data', (chunk: Buffer) => came.add(chunk));
    const fields = answerFields(arrived.rawHeaders, upstream.origin, url);
    response.writeHead(arrived.statusCode ?? 502, arrived.statusMessage ?? '', fields);
    arrived.on('error', () => response.destroy());
    arrived.pipe(response);
  });
  passed.on('error', (error) => {
    if (response.headersSent) response.destroy();
    else response.writeHead(502, { 'content-type': 'text/plain' }).end(`upstream: ${reasonOf(error)}\n`);
  });
  request.on('data', (chunk: Buffer) => sent.add(chunk));
  request.on('error', () => passed.destroy());
  response.on('close', () => {
    if (!response.writableFinished) passed.destroy();
    end();
  });
  request.pipe(passed);
}

/** What is for one connection alone (RFC 9110 section 7.6.1). */
const ofConnection = ['connection', 'keep-alive', 'proxy-connection', 'proxy-authorization', 'expect', 'te', 'upgrade'];
const plainMethods = ['GET', 'HEAD', 'DELETE', 'OPTIONS', 'TRACE'];

/** The fields that go on; without a length there is no body, which has to be said for methods that may have one. */
function sentFields(request: IncomingMessage, ownHeader: string): readonly string[] {
  const dropped = [...ofConnection, ownHeader.toLowerCase()];
  const kept = pairsOf(request).filter(([name]) => !dropped.includes(name.toLowerCase()));
  const isFramed = kept.some(([name]) => /^(?:content-length|transfer-encoding)$/i.test(name));
  const isPlain = plainMethods.includes(request.method ?? 'GET');
  return [...kept, ...(isFramed || isPlain ? [] : [['Content-Length', '0'] as const])].flat();
}

function answerFields(raw: readonly string[], origin: string, url: string): string[] {
  const kept = toPairs(raw).filter(([name]) => !ofConnection.includes(name.toLowerCase()));
  return kept.flatMap(([name, value]) =>
    /^location$/i.test(name) && startsAt(value, origin) ? [name, `${url}${value.slice(origin.length)}`] : [name, value],
  );
}

function startsAt(value: string, origin: string): boolean {
  return value.startsWith(origin) && /^(?:$|[/?#])/.test(value.slice(origin.length));
}

function pairsOf({ rawHeaders }: IncomingMessage): readonly Pair[] {
  return toPairs(rawHeaders);
}

function toPairs(raw: readonly string[]): readonly Pair[] {
  return raw.flatMap((name, i): Pair[] => (i % 2 === 0 ? [[name, raw[i + 1] ?? '']] : []));
}
