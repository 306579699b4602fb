import { createServer } from 'node:net';
import { expect, test } from 'vitest';
import { probeTarget } from '../../src/replay/probe-target.js';
import { serveBusy, serveHttp, serveRaw, serveRecorder } from './loopback.js';

const probe = (url: string, timeoutMs = 20_000) => probeTarget({ url, connections: 4, timeoutMs }, 'w7-test-probe');

test('any answer will do', async () => {
  const url = await serveHttp((_, response) => response.writeHead(503).end());
  expect((await probe(url)).outcome).toMatchObject({ kind: 'answered', status: 503 });
});

test.each([
  ['429 with Retry-After', 429, { 'Retry-After': '1' }],
  ['503 with Retry-After', 503, { 'Retry-After': '1' }],
])('a target that asks to come back is asked again when it says: %s', async (_, status, headers) => {
  const { url, times } = await serveBusy(1, status, headers);
  expect((await probe(url)).outcome).toMatchObject({ kind: 'answered', status: 200 });
  expect(times).toHaveLength(2);
  expect((times[1] ?? 0) - (times[0] ?? 0)).toBeGreaterThan(950);
});

test('one that stays busy, or wants to be left alone for longer than a minute, has answered', async () => {
  const staying = await serveBusy(10, 429, { 'Retry-After': '0' });
  expect((await probe(staying.url)).outcome).toMatchObject({ status: 429 });
  expect(staying.times).toHaveLength(3);
  const closed = await serveBusy(10, 429, { 'Retry-After': '3600' });
  expect((await probe(closed.url)).outcome).toMatchObject({ status: 429 });
  expect(closed.times).toHaveLength(1);
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
