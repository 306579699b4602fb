import { createServer as createHttpServer, type OutgoingHttpHeaders, type RequestListener } from 'node:http';
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';
import { onTestFinished } from 'vitest';
import type { WireRequest } from '../../src/model/request.js';
import { createHttpTransport, type HttpTransportOptions } from '../../src/replay/http-transport.js';

/** Listens on a port chosen by the system until the test ends. */
export async function listen(server: Server): Promise<string> {
  const sockets = new Set<Socket>();
  server.on('connection', (socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
    socket.on('error', () => {});
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(async () => {
    for (const socket of sockets) socket.destroy();
    await new Promise((resolve) => server.close(resolve));
  });
  const { port } = server.address() as AddressInfo;
  return `http://127.0.0.1:${port}`;
}

export const serveHttp = (listener: RequestListener) => listen(createHttpServer(listener));

/** A server that refuses its first requests for load, sets a cookie with later ones, and notes when they came. */
export async function serveBusy(refused: number, status: number, headers: OutgoingHttpHeaders) {
  const times: number[] = [];
  const url = await serveHttp((_, response) => {
    times.push(performance.now());
    if (times.length > refused) response.setHeader('Set-Cookie', 'sid=abc').end();
    else response.writeHead(status, headers).end();
  });
  return { url, times };
}

/** A server that is told each connection, and speaks as it likes. */
export const serveRaw = (onConnection: (socket: Socket, count: number) => void) => {
  let count = 0;
  return listen(createServer((socket) => onConnection(socket, ++count)));
};

/** A server that keeps the bytes of each request, and answers it with the given bytes. */
export async function serveRecorder(answer = 'HTTP/1.1 200 OK\r\nContent-Length: 2\r\nConnection: close\r\n\r\nok') {
  const connections: string[] = [];
  const url = await serveRaw((socket, count) => {
    connections[count - 1] = '';
    let answered = false;
    socket.on('data', (chunk) => {
      connections[count - 1] += chunk.toString('latin1');
      if (answered || !isWhole(connections[count - 1] ?? '')) return;
      answered = true;
      socket.end(answer);
    });
  });
  return { url, connections };
}

/** Enough of HTTP to know when a test's request has arrived. */
function isWhole(received: string): boolean {
  const end = received.indexOf('\r\n\r\n');
  if (end === -1) return false;
  const [head, body] = [received.slice(0, end), received.slice(end + 4)];
  if (/^transfer-encoding:.*chunked/im.test(head)) return body.endsWith('0\r\n\r\n');
  return body.length >= Number(/^content-length: *(\d+)/im.exec(head)?.[1] ?? 0);
}

/** A transport that is closed when the test ends. */
export function transportTo(url: string, options: Partial<HttpTransportOptions> = {}) {
  const transport = createHttpTransport({ url, connections: 1, timeoutMs: 20_000, ...options });
  onTestFinished(() => transport.close());
  return transport;
}

export function get(target: string, ...headers: readonly (readonly [string, string])[]): WireRequest {
  return { method: 'GET', target, headers, body: new Uint8Array() };
}

export function post(target: string, body: string, ...headers: readonly (readonly [string, string])[]): WireRequest {
  return { method: 'POST', target, headers, body: Buffer.from(body) };
}
