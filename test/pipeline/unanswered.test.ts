import { connect, type Socket } from 'node:net';
import { describe, expect, test } from 'vitest';
import { serveRaw } from '../replay/loopback.js';
import { leaveOut, type ServerName, testLab } from '../waf/modsecurity/lab/server-fixture.js';
import { emptyLog } from './doctor-target.js';
import { resultOf, runAgainst, verdictsOf } from './run-against.js';
import { serveWaf } from './waf-server.js';

/** Whether a connection with a request for a path is closed before the server gets it, or after, without an answer. */
type Cuts = ReadonlyMap<string, 'before' | 'after'>;

/** A front on TCP that closes the connection of each of these requests, the first time. */
async function serveCutting(port: number, cuts: Cuts) {
  const done = new Map<string, number>();
  const url = await serveRaw((client) => {
    const server = connect(port, '127.0.0.1');
    for (const socket of [client, server]) socket.on('error', () => undefined);
    client.on('data', (bytes) => pass(bytes, client, server));
    server.on('data', (bytes) => client.write(bytes));
    server.on('close', () => client.destroy());
    client.on('close', () => server.end());
  });
  const pass = (bytes: Buffer, client: Socket, server: Socket) => {
    const path = /^[A-Z]+ (\S+)/.exec(bytes.toString('latin1'))?.[1] ?? '';
    const cut = cuts.get(path);
    const times = (done.get(path) ?? 0) + 1;
    done.set(path, times);
    if (cut === undefined || times > 1) return void server.write(bytes);
    if (cut === 'before') return void client.destroy();
    server.removeAllListeners('data');
    server.write(bytes);
    server.once('data', () => client.destroy());
  };
  return { url, times: (path: string) => done.get(path) ?? 0 };
}

const suite = `suite: S
cases:
  - { id: fine, path: /fine, form: { q: hello } }
  - { id: lost, path: /lost, form: { q: hello } }
  - { id: passed, path: /passed, form: { q: hello } }
  - { id: refused, path: /refused, form: { q: "1' UNION SELECT password FROM users -- " } }
`;
const cuts: Cuts = new Map([
  ['/lost', 'before'],
  ['/passed', 'after'],
  ['/refused', 'after'],
]);

describe.each<ServerName>(['apache', 'nginx'])('%s, to which connections are closed', (server) => {
  test.skipIf(leaveOut(server))(
    'is sent again what its log proves not to have arrived, and the rest is judged by the log',
    async () => {
      const log = await emptyLog();
      const lab = await testLab(server, { auditLog: log });
      const front = await serveCutting(Number(new URL(lab.url).port), cuts);
      const target = { host: 'app.example.com', logWaitMs: 3000 };
      const report = await runAgainst({ url: front.url, log }, suite, { target });
      expect(verdictsOf(report)).toEqual(['let-through', 'let-through', 'let-through', 'false-positive']);
      expect(['/lost', '/passed', '/refused'].map(front.times)).toEqual([2, 1, 1]);
      expect(resultOf(report, 's/refused').hits.length).toBeGreaterThan(0);
    },
  );
});

test('what the log does not prove to be lost is not sent twice', async () => {
  const waf = await serveWaf(({ url }) => (url === '/1' ? 'cut' : { waf: 'unlogged' }));
  const report = await runAgainst(waf, "suite: S\ncases:\n  - { id: '1', method: POST, path: /1 }\n");
  expect(verdictsOf(report)).toEqual(['inconclusive']);
  expect(waf.received.filter(({ url }) => url === '/1')).toHaveLength(1);
});
