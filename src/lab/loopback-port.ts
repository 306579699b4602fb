import type { Server as HttpServer } from 'node:http';
import { createServer, type Server } from 'node:net';
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
  return new Promise((resolve, reject) => {
    server.once('error', (error) => reject(fail('LAB_PORT', { port, reason: reasonOf(error) })));
    server.listen(port, '127.0.0.1', () => {
      const address = server.address();
      resolve(typeof address === 'object' && address !== null ? address.port : port);
    });
  });
}

/** Stops listening, whoever is still connected. */
export function closeAtOnce(server: HttpServer): Promise<void> {
  const closed = new Promise<void>((resolve) => server.close(() => resolve()));
  server.closeAllConnections();
  return closed;
}
