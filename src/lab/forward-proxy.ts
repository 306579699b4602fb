import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { Duplex } from 'node:stream';
import type { SecureContext } from 'node:tls';
import { closeAtOnce, listenOnLoopback } from './loopback-port.js';
import { makeCertificate } from './own-certificate.js';
import { type PassingSetup, pairsOf, passOn } from './pass-on.js';
import { tunnelUpgrade } from './tunnel-upgrade.js';
import { Way } from './way.js';

export interface ForwardSetup extends PassingSetup {
  /** Where an application is, if not where its name leads. */
  readonly addressOf?: (origin: string) => URL | undefined;
  /** What stands before an application and gets its requests, such as a WAF. Web sockets go past it. */
  readonly detour?: (origin: string) => URL | undefined;
  /** Whom certificates of applications may come from; default: whom Node trusts. */
  readonly trust?: SecureContext | undefined;
  /** Requests that go nowhere and are not told: those of the browser itself, which nobody has it send. */
  readonly isRefused?: (origin: string, target: string) => boolean;
}

export interface ForwardProxy {
  readonly url: string;
  /** The hash of the key of its certificate, for all hosts: a browser that uses the proxy has to trust it. */
  readonly keyHash: string;
  close(): Promise<void>;
}

const limits = { maxHeaderSize: 256 * 1024, keepAliveTimeout: 30_000, requestTimeout: 0 };

/**
 * A forward proxy on loopback for a browser of one's own: everything passes as it is, whatever its host, and what was sent
 * is told byte by byte, TLS or not. Web sockets pass too.
 * @throws WafproofError `LAB_PORT`
 */
export async function startForwardProxy({
  addressOf,
  detour,
  trust,
  isRefused = () => false,
  ...setup
}: ForwardSetup): Promise<ForwardProxy> {
  const { key, cert, keyHash } = makeCertificate('Wafproof recording');
  const ways = new Map<string, Way>();
  const straightWays = new Map<string, Way>();
  let count = 0;
  const addWay = (to: Map<string, Way>, origin: string, before: URL | undefined) => {
    const url = new URL(origin);
    const way = new Way(before ?? addressOf?.(origin) ?? url, { name: url.hostname, trust });
    to.set(origin, way);
    return way;
  };
  const wayTo = (origin: string) => ways.get(origin) ?? addWay(ways, origin, detour?.(origin));
  const straightTo = (origin: string) => straightWays.get(origin) ?? addWay(straightWays, origin, undefined);
  const serve = (server: Server, scheme: string) => {
    server.on('request', (request: IncomingMessage, response: ServerResponse) => {
      const meant = meantBy(request, scheme);
      if (meant === undefined) response.writeHead(400).end('this is a proxy\n');
      else if (isRefused(meant.origin, meant.target)) response.writeHead(403).end();
      else passOn(request, response, { ...setup, ...meant, way: wayTo(meant.origin), index: count++ });
    });
    server.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) => {
      const meant = meantBy(request, scheme);
      if (meant === undefined) return void socket.destroy();
      const opened = { index: count++, at: Date.now(), method: 'GET', headers: pairsOf(request), length: 0, ...meant };
      setup.onPassed({ ...opened, isSocket: true });
      tunnelUpgrade(straightTo(meant.origin), Object.assign(request, { url: meant.target }), socket, head);
    });
    return server;
  };
  const plain = serve(createServer(limits), 'http');
  const secure = serve(createTlsServer({ ...limits, key, cert }), 'https');
  plain.on('connect', (_, socket, head) => openTunnel(socket, head, (isTls) => (isTls ? secure : plain)));
  const port = await listenOnLoopback(plain, 0);
  const close = async () => {
    secure.closeAllConnections();
    await closeAtOnce(plain);
    for (const way of [...ways.values(), ...straightWays.values()]) way.close();
  };
  return { url: `http://127.0.0.1:${port}`, keyHash, close };
}

/** Whom a request is for: its target says so, or within a tunnel its Host. */
function meantBy({ url = '/', headers }: IncomingMessage, scheme: string) {
  const [, named, rest = ''] = /^http:\/\/([^/?#]+)(.*)$/is.exec(url) ?? [];
  const authority = (named ?? headers.host ?? '').toLowerCase();
  const target = named === undefined ? url : rest;
  const origin = `${scheme}://${authority}`;
  if (authority === '' || !URL.canParse(origin)) return undefined;
  return { origin: new URL(origin).origin, target: target.startsWith('/') ? target : `/${target}` };
}

/** A handshake of TLS begins with this byte (RFC 8446 section 5.1). */
const handshake = 0x16;

function openTunnel(socket: Duplex, head: Buffer, serverFor: (isTls: boolean) => Server): void {
  socket.on('error', () => socket.destroy());
  socket.write('HTTP/1.1 200 Connection Established\r\n\r\n');
  if (head.length > 0) socket.unshift(head);
  socket.once('readable', () => {
    const first: Buffer | null = socket.read();
    if (first === null) return void socket.destroy();
    socket.unshift(first);
    serverFor(first[0] === handshake).emit('connection', socket);
  });
}
