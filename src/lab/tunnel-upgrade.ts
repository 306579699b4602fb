import type { IncomingMessage } from 'node:http';
import { connect, type Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { connect as connectTls } from 'node:tls';
import { isLoopback } from '../util/loopback.js';

/** Hands a connection on to the application, which speaks with its client as it likes from now on: a web socket. */
export function tunnelUpgrade(upstream: URL, request: IncomingMessage, client: Duplex, head: Buffer): void {
  const server = connectTo(upstream);
  const end = () => {
    client.destroy();
    server.destroy();
  };
  for (const one of [client, server]) one.on('error', end).on('close', end);
  server.write(requestHead(request));
  if (head.length > 0) server.write(head);
  server.pipe(client);
  client.pipe(server);
}

function connectTo({ protocol, hostname, port }: URL): Socket {
  const host = hostname.replace(/^\[|\]$/g, '');
  if (protocol !== 'https:') return connect({ host, port: Number(port || 80) });
  const servername = isLoopback(hostname) ? {} : { servername: host };
  return connectTls({ host, port: Number(port || 443), ...servername, rejectUnauthorized: !isLoopback(hostname) });
}

/** Node reads header fields as latin1. */
function requestHead({ method = 'GET', url = '/', rawHeaders }: IncomingMessage): Buffer {
  const fields = rawHeaders.map((text, i) => (i % 2 === 0 ? `${text}: ` : `${text}\r\n`)).join('');
  return Buffer.from(`${method} ${url} HTTP/1.1\r\n${fields}\r\n`, 'latin1');
}
