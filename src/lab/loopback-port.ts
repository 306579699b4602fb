import { createServer } from 'node:net';
import { fail } from '../model/error.js';
import { reasonOf } from '../util/reason-of.js';

/**
 * A port of 127.0.0.1 that nobody listens on: the one that is asked for, or any for 0.
 * @throws WafproofError `LAB_PORT`
 */
export function freePort(port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', (error) => reject(fail('LAB_PORT', { port, reason: reasonOf(error) })));
    server.listen(port, '127.0.0.1', () => {
      const address = server.address();
      const free = typeof address === 'object' && address !== null ? address.port : port;
      server.close(() => resolve(free));
    });
  });
}
