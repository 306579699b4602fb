import { createServer } from 'node:http';
import { closeAtOnce, listenOnLoopback } from './loopback-port.js';
import { type PassedRequest, type PassingSetup, pairsOf, passOn } from './pass-on.js';
import { tunnelUpgrade } from './tunnel-upgrade.js';
import { Way } from './way.js';

export type { PassedRequest };

export interface RecordingSetup extends PassingSetup {
  readonly upstream: URL;
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
 * A reverse proxy on loopback that lets everything pass as it is, streams it both ways, and keeps a copy. Web sockets pass
 * too. Redirects to the application's own address lead back to the proxy.
 * @throws WafproofError `LAB_PORT`
 */
export async function startRecordingProxy({
  upstream,
  port: wanted,
  ...setup
}: RecordingSetup): Promise<RecordingProxy> {
  const way = new Way(upstream);
  let count = 0;
  const server = createServer({ maxHeaderSize: 256 * 1024, keepAliveTimeout: 30_000, requestTimeout: 0 });
  const port = await listenOnLoopback(server, wanted);
  const url = `http://localhost:${port}`;
  const answerField = (name: string, value: string) =>
    /^location$/i.test(name) && startsAt(value, upstream.origin)
      ? `${url}${value.slice(upstream.origin.length)}`
      : value;
  server.on('request', (request, response) =>
    passOn(request, response, { ...setup, way, answerField, target: request.url ?? '/', index: count++ }),
  );
  server.on('upgrade', (request, socket, head) => {
    const { method = 'GET', url: target = '/' } = request;
    const opened = { index: count++, at: Date.now(), method, target, headers: pairsOf(request), length: 0 };
    setup.onPassed({ ...opened, isSocket: true });
    tunnelUpgrade(upstream, request, socket, head);
  });
  const close = async () => {
    await closeAtOnce(server);
    way.close();
  };
  return { url, close };
}

function startsAt(value: string, origin: string): boolean {
  return value.startsWith(origin) && /^(?:$|[/?#])/.test(value.slice(origin.length));
}
