import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { Pair, WireRequest } from '../model/request.js';
import { echo } from './echo-application.js';
import { forward } from './forward.js';
import { closeAtOnce, listenOnLoopback } from './loopback-port.js';

/** What becomes of a request. */
export type ProxyDecision =
  | {
      readonly kind: 'pass';
      /** Headers that the application gets beside those of the request. */
      readonly inserted?: readonly Pair[];
      /** Headers that the answer gets beside those of the application. */
      readonly added?: readonly Pair[];
    }
  | { readonly kind: 'refuse'; readonly status: number; readonly headers: readonly Pair[]; readonly body: string };

/** Decides on a request. */
export type Decide = (request: WireRequest, client: string) => Promise<ProxyDecision> | ProxyDecision;

export interface ProxySetup {
  /** Port on 127.0.0.1; 0 lets the system choose. */
  readonly port: number;
  /** Where requests go that pass; an echo application by default. */
  readonly upstream?: URL;
  /** The longest body that is taken, in bytes. */
  readonly bodyLimit: number;
  readonly decide: Decide;
}

export interface RunningProxy {
  readonly url: string;
  close(): Promise<void>;
}

/**
 * A reverse proxy on loopback that asks what becomes of each request. Answers of the application are not inspected.
 * @throws WafproofError `LAB_PORT`
 */
export async function startReverseProxy(setup: ProxySetup): Promise<RunningProxy> {
  const server = createServer({ maxHeaderSize: 256 * 1024, keepAliveTimeout: 30_000 }, (request, response) => {
    answer(setup, request, response).catch((error: unknown) => send(response, errorPage(500, String(error))));
  });
  const port = await listenOnLoopback(server, setup.port);
  return { url: `http://localhost:${port}`, close: () => closeAtOnce(server) };
}

async function answer(setup: ProxySetup, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const body = await readBody(request, setup.bodyLimit);
  if (body === undefined) return send(response, errorPage(413, 'Request Entity Too Large'));
  const decision = await setup.decide(wireRequest(request, body), request.socket.remoteAddress ?? '127.0.0.1');
  if (decision.kind === 'refuse') return send(response, decision);
  for (const [name, value] of decision.added ?? []) response.setHeader(name, value);
  const passed = withHeaders(request, decision.inserted ?? []);
  if (setup.upstream === undefined) echo(passed, body, response);
  else forward(setup.upstream, passed, body, response);
}

function withHeaders({ method, url, headers, rawHeaders }: IncomingMessage, inserted: readonly Pair[]) {
  const more = Object.fromEntries(inserted.map(([name, value]) => [name.toLowerCase(), value]));
  return { method, url, headers: { ...headers, ...more }, rawHeaders: [...rawHeaders, ...inserted.flat()] };
}

async function readBody(request: IncomingMessage, limit: number): Promise<Buffer | undefined> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of request) {
    if (!Buffer.isBuffer(chunk)) continue;
    length += chunk.length;
    if (length <= limit) chunks.push(chunk);
  }
  return length > limit ? undefined : Buffer.concat(chunks);
}

/** Node decodes header fields as latin1; on the wire and in a `WireRequest` they are UTF-8. */
function wireRequest({ method = 'GET', url = '/', rawHeaders }: IncomingMessage, body: Buffer): WireRequest {
  const texts = rawHeaders.map((text) => Buffer.from(text, 'latin1').toString('utf8'));
  const headers = texts.flatMap((name, i): Pair[] => (i % 2 === 0 ? [[name, texts[i + 1] ?? '']] : []));
  return { method, target: url, headers, body };
}

/** The page that servers answer with, which says nothing of a WAF. */
export function errorPage(status: number, text: string): Extract<ProxyDecision, { kind: 'refuse' }> {
  const body = `<html><head><title>${status} ${text}</title></head><body><h1>${status} ${text}</h1></body></html>\n`;
  return { kind: 'refuse', status, headers: [['content-type', 'text/html']], body };
}

function send(response: ServerResponse, { status, headers, body }: Extract<ProxyDecision, { kind: 'refuse' }>): void {
  for (const [name, value] of headers) response.appendHeader(name, value);
  response.writeHead(status).end(body);
}
