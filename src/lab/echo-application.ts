import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { closeAtOnce, listenOnLoopback } from './loopback-port.js';

/** Longer than a server in front keeps a connection that nobody uses, so that none is closed under a request. */
const keepAliveTimeout = 60_000;

/** What the lab's application answers: the request as it arrived, as JSON, so that nothing of it runs in a browser. */
export function echo(
  request: Pick<IncomingMessage, 'method' | 'url' | 'rawHeaders'>,
  body: Buffer,
  response: ServerResponse,
): void {
  const { method, url, rawHeaders } = request;
  const text = JSON.stringify({ method, url, headers: rawHeaders, bytes: body.length, body: body.toString('utf8') });
  response.writeHead(200, { 'content-type': 'application/json', 'x-content-type-options': 'nosniff' });
  response.end(method === 'HEAD' ? undefined : `${text}\n`);
}

/** The lab's application as a server of its own on loopback, for a WAF that proxies to it. */
export async function startEchoApplication(): Promise<{ readonly url: URL; close(): Promise<void> }> {
  const server = createServer({ maxHeaderSize: 256 * 1024, keepAliveTimeout }, (request, response) => {
    readAll(request).then(
      (body) => echo(request, body, response),
      () => response.destroy(),
    );
  });
  return { url: new URL(`http://127.0.0.1:${await listenOnLoopback(server, 0)}`), close: () => closeAtOnce(server) };
}

async function readAll(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) if (Buffer.isBuffer(chunk)) chunks.push(chunk);
  return Buffer.concat(chunks);
}
