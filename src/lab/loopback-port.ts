import type { Server as HttpServer } from 'node:http';
import { createServer, type Server, type Socket } from 'node:net';
import { fail } from '../model/error.js';
import { reasonOf } from '../util/reason-of.js';

/**
 * A port of 127.0.0.1 that nobody listens on: the one that is asked for, or any for 0.
 * @throws WafproofError `LAB_PORT`
 */
export async function freePort(port: number): Promise<number> {
  const server = createServer();
  const free = await listenOnLoopback(server, port);
  await new Promise<void>((resolve) => server.close(() => resolve()));
  return free;
}

/**
 * Listens on a port of 127.0.0.1, on any for 0, and says which it is.
 * @throws WafproofError `LAB_PORT`
 */
export function listenOnLoopback(server: Server, port: number): Promise<number> {
  const sockets = new Set<Socket>();
  connections.set(server, sockets);
  server.on('connection', (socket: Socket) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
  });
  return new Promise((resolve, reject) => {
    server.once('error', (error) => reject(fail('LAB_PORT', { port, reason: reasonOf(error) })));
    server.listen(port, '127.0.0.1', () => {
      const address = server.address();
      resolve(typeof address === 'object' && address !== null ? address.port : port);
    });
  });
}

/** Also those that speak no HTTP any more, such as web sockets: their server does not know them, and waits for them. */
const connections = new WeakMap<Server, ReadonlySet<Socket>>();

/** Stops listening, whoever is still connected. */
export function closeAtOnce(server: HttpServer): Promise<void> {
  const closed = new Promise<void>((resolve) => server.close(() => resolve()));
  server.closeAllConnections();
  for (const socket of connections.get(server) ?? []) socket.destroy();
  return closed;
}
