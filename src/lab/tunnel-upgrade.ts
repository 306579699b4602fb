import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import type { Pair } from '../model/request.js';
import { pairsOf } from './pass-on.js';
import type { Way } from './way.js';

/**
 * Hands a connection on to the application, which speaks with its client as it likes from now on: a web socket.
 * @param requestField another value for a field of the request
 */
export function tunnelUpgrade(
  way: Way,
  request: IncomingMessage,
  client: Duplex,
  head: Buffer,
  requestField = (_: string, value: string) => value,
): void {
  const server = way.connect();
  const end = () => {
    client.destroy();
    server.destroy();
  };
  for (const one of [client, server]) one.on('error', end).on('close', end);
  server.write(requestHead(request, ([name, value]) => `${name}: ${requestField(name, value)}\r\n`));
  if (head.length > 0) server.write(head);
  server.pipe(client);
  client.pipe(server);
}

/** Node reads header fields as latin1. */
function requestHead(request: IncomingMessage, line: (field: Pair) => string): Buffer {
  const { method = 'GET', url = '/' } = request;
  return Buffer.from(`${method} ${url} HTTP/1.1\r\n${pairsOf(request).map(line).join('')}\r\n`, 'latin1');
}
