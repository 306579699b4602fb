import { createServer } from 'node:net';
import { expect, test } from 'vitest';
import { probeTarget } from '../../src/replay/probe-target.js';
import { serveHttp, serveRaw, serveRecorder } from './loopback.js';

const probe = (url: string, timeoutMs = 20_000) => probeTarget({ url, connections: 4, timeoutMs }, 'w7-test-probe');

test('any answer will do', async () => {
  const url = await serveHttp((_, response) => response.writeHead(503).end());
  expect((await probe(url)).outcome).toMatchObject({ kind: 'answered', status: 503 });
});

test('the base path is asked for, with the correlation id', async () => {
  const { url, connections } = await serveRecorder();
  await probe(`${url}/app/`);
  expect(connections[0]).toMatch(/^GET \/app\/ HTTP.*X-Wafproof-Id: w7-test-probe\r\n/s);
});

test('a server that accepts and says nothing is silent', async () => {
  await expect(probe(await serveRaw(() => {}), 300)).rejects.toMatchObject({ code: 'TARGET_SILENT' });
});

test('a server that closes, talks garbage or is not there is unreachable', async () => {
  const closing = await serveRaw((socket) => socket.end());
  const garbage = await serveRaw((socket) => socket.end('220 smtp.example\r\n'));
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const gone = `http://127.0.0.1:${typeof address === 'object' ? address?.port : 0}`;
  await new Promise((resolve) => server.close(resolve));
  for (const url of [closing, garbage, gone, 'http://wafproof.invalid', 'nonsense']) {
    await expect(probe(url)).rejects.toMatchObject({ code: 'TARGET_UNREACHABLE' });
  }
});
