import { createServer, type IncomingMessage } from 'node:http';
import type { SecureContext } from 'node:tls';
import { closeAtOnce, listenOnLoopback } from './loopback-port.js';
import { type PassedRequest, type PassingSetup, pairsOf, passOn } from './pass-on.js';
import { standIn } from './stand-in.js';
import { tunnelUpgrade } from './tunnel-upgrade.js';
import { Way } from './way.js';

export type { PassedRequest };

export interface RecordingSetup extends PassingSetup {
  readonly upstream: URL;
  /** Whom its certificate may come from; default: whom Node trusts. */
  readonly trust?: SecureContext | undefined;
  /** Port on 127.0.0.1; 0 lets the system choose. */
  readonly port: number;
  /** A header that is for the recording alone. */
  readonly ownHeader: string;
}

export interface RecordingProxy {
  readonly url: string;
  close(): Promise<void>;
}

/**
 * A reverse proxy on loopback that lets everything pass, streams it both ways, and keeps a copy. Web sockets pass too. What
 * the application says of its own address, in redirects and cookies, leads back to the proxy.
 * @throws WafproofError `LAB_PORT`
 */
export async function startRecordingProxy({
  upstream,
  port: wanted,
  trust,
  ...setup
}: RecordingSetup): Promise<RecordingProxy> {
  const way = new Way(upstream, { trust });
  let count = 0;
  const server = createServer({ maxHeaderSize: 256 * 1024, keepAliveTimeout: 30_000, requestTimeout: 0 });
  const port = await listenOnLoopback(server, wanted);
  const url = `http://localhost:${port}`;
  const { requestField, answerField } = standIn(upstream, url);
  const fieldOf = ({ headers }: IncomingMessage) => {
    return (name: string, value: string) => requestField(name, value, `http://${headers.host ?? ''}`);
  };
  server.on('request', (request, response) =>
    passOn(request, response, {
      ...setup,
      way,
      requestField: fieldOf(request),
      answerField,
      target: request.url ?? '/',
      index: count++,
    }),
  );
  server.on('upgrade', (request, socket, head) => {
    const { method = 'GET', url: target = '/' } = request;
    const opened = { index: count++, at: Date.now(), method, target, headers: pairsOf(request), length: 0 };
    setup.onPassed({ ...opened, isSocket: true });
    tunnelUpgrade(way, request, socket, head, fieldOf(request));
  });
  const close = async () => {
    await closeAtOnce(server);
    way.close();
  };
  return { url, close };
}
