import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer as createHttpsServer } from 'node:https';
import { createServer, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { get, listen, post, serveHttp, serveRaw, transportTo } from './loopback.js';

const onRequest = (act: (socket: Socket) => void) => serveRaw((socket) => socket.once('data', () => act(socket)));

test('a server that never answers is a timeout, and the next request gets a new connection', async () => {
  let connections = 0;
  const url = await serveRaw((socket, count) => {
    connections = count;
    if (count > 1) socket.once('data', () => socket.end('HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n'));
  });
  const transport = transportTo(url, { timeoutMs: 1500 });
  const silent = await transport.send(post('/', 'a=1'), 'w7-test-1');
  expect(silent.outcome).toEqual({ kind: 'failed', reason: 'timeout', message: 'no answer within 1500 ms' });
  expect((await transport.send(get('/'), 'w7-test-2')).outcome).toMatchObject({ kind: 'answered' });
  expect(connections).toBe(2);
});

test('a head that trickles in without end is a timeout', async () => {
  const url = await onRequest((socket) => {
    socket.write('HTTP/1.1 200 OK\r\n');
    const drip = setInterval(() => socket.write('X-Drip: 1\r\n'), 20);
    socket.on('close', () => clearInterval(drip));
  });
  const { outcome } = await transportTo(url, { timeoutMs: 300 }).send(get('/'), 'w7-test-1');
  expect(outcome).toMatchObject({ kind: 'failed', reason: 'timeout' });
});

test('a body that never ends within the time is an answer', async () => {
  const url = await serveHttp((_, response) => void response.write('data: 1\n\n'));
  const { outcome } = await transportTo(url, { timeoutMs: 1500 }).send(get('/'), 'w7-test-1');
  expect(outcome).toMatchObject({ kind: 'answered', status: 200, bodyExcerpt: 'data: 1\n\n' });
});

test('a slow answer within the time is an answer', async () => {
  const url = await serveHttp((_, response) => void setTimeout(() => response.end('late'), 200));
  expect((await transportTo(url).send(get('/'), 'w7-test-1')).outcome).toMatchObject({ bodyExcerpt: 'late' });
});

test.each([
  ['connection-reset', (socket: Socket) => socket.resetAndDestroy()],
  ['connection-reset', (socket: Socket) => socket.end()],
  ['other', (socket: Socket) => socket.end('SSH-2.0-OpenSSH_9.2\r\n')],
  ['other', (socket: Socket) => socket.end(Buffer.alloc(5000, 0xfe))],
  ['other', (socket: Socket) => socket.end(`HTTP/1.1 200 OK\r\nX: ${'x'.repeat(100_000)}\r\n\r\n`)],
] as const)('a server that closes or talks garbage is %s %#', async (reason, act) => {
  const transport = transportTo(await onRequest(act));
  for (const id of ['w7-test-1', 'w7-test-2']) {
    const { outcome } = await transport.send(post('/', 'a=1'), id);
    expect(outcome).toMatchObject({ kind: 'failed', reason });
  }
});

test('a port where nobody listens is connection-refused', async () => {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  const port = typeof address === 'object' ? address?.port : 0;
  for (const host of ['127.0.0.1', 'localhost']) {
    const { outcome } = await transportTo(`http://${host}:${port}`).send(get('/'), 'w7-test-1');
    expect(outcome).toMatchObject({
      kind: 'failed',
      reason: 'connection-refused',
      message: expect.stringContaining('127.0.0.1'),
    });
  }
});

test('a name that does not exist is name-not-found', async () => {
  const { outcome } = await transportTo('http://wafproof.invalid').send(get('/'), 'w7-test-1');
  expect(outcome).toMatchObject({ kind: 'failed', reason: 'name-not-found' });
});

test('an untrusted certificate is tls, unless any is accepted', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'wafproof-tls-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const [key, cert] = [join(folder, 'key.pem'), join(folder, 'cert.pem')];
  execFileSync(
    'openssl',
    [
      'req',
      '-x509',
      '-newkey',
      'rsa:2048',
      '-nodes',
      '-keyout',
      key,
      '-out',
      cert,
      '-days',
      '2',
      '-subj',
      '/CN=localhost',
    ],
    { stdio: 'ignore' },
  );
  const names: unknown[] = [];
  const server = createHttpsServer({ key: readFileSync(key), cert: readFileSync(cert) }, (request, response) => {
    names.push('servername' in request.socket ? request.socket.servername : undefined);
    response.end('hello');
  });
  const url = (await listen(server)).replace('http:', 'https:');
  for (const request of [get('/'), get('/', ['Keep-Alive', '1'])]) {
    expect((await transportTo(url).send(request, 'w7-test-1')).outcome).toMatchObject({
      kind: 'failed',
      reason: 'tls',
    });
    const insecure = transportTo(url, { insecure: true, host: 'shop.example' });
    expect((await insecure.send(request, 'w7-test-1')).outcome).toMatchObject({ status: 200, bodyExcerpt: 'hello' });
  }
  expect(names).toEqual(['shop.example', 'shop.example']);
  const plain = transportTo((await serveHttp(() => {})).replace('http:', 'https:'));
  expect((await plain.send(get('/'), 'w7-test-1')).outcome).toMatchObject({ kind: 'failed', reason: 'tls' });
});

/** Serves one request on each connection, and resets it at the first byte of the next: a lost race. */
const serveOnce = (received: string[]) =>
  serveRaw((socket) => {
    let served = false;
    socket.on('data', (chunk) => {
      received.push(chunk.toString().split(' ')[0] ?? '');
      if (served) socket.resetAndDestroy();
      else socket.write('HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n');
      served = true;
    });
  });

test('a GET on a connection that the server has closed is sent again, once', async () => {
  const received: string[] = [];
  const transport = transportTo(await serveOnce(received));
  for (const id of ['w7-test-1', 'w7-test-2', 'w7-test-3']) {
    expect((await transport.send(get('/'), id)).outcome).toMatchObject({ kind: 'answered', status: 200 });
  }
  expect(received.length).toBeGreaterThan(3);
});

test('a POST is never sent twice', async () => {
  const received: string[] = [];
  const transport = transportTo(await serveOnce(received));
  await transport.send(get('/'), 'w7-test-1');
  const { outcome } = await transport.send(post('/', 'a=1'), 'w7-test-2');
  expect(outcome).toMatchObject({ kind: 'failed', reason: 'connection-reset' });
  expect(received.filter((method) => method === 'POST')).toEqual(['POST']);
});

test('a GET that resets its own first connection is not sent again', async () => {
  let requests = 0;
  const url = await onRequest((socket) => {
    requests++;
    socket.resetAndDestroy();
  });
  const { outcome } = await transportTo(url).send(get('/'), 'w7-test-1');
  expect([outcome.kind, requests]).toEqual(['failed', 1]);
});

test('a server that closes kept connections at any time costs idempotent requests nothing', async () => {
  const url = await serveHttp((request, response) => {
    response.end('ok');
    setImmediate(() => request.socket.destroy());
  });
  const transport = transportTo(url, { connections: 8 });
  const exchanges = await Promise.all(
    Array.from({ length: 400 }, (_, n) => transport.send(get(`/${n}`), `w7-test-${n}`)),
  );
  expect(exchanges.filter(({ outcome }) => outcome.kind === 'failed')).toEqual([]);
});

test('an abort ends what is under way and what waits', async () => {
  const stop = new AbortController();
  const arrived = withResolvers();
  const url = await serveHttp(() => arrived.resolve());
  const transport = transportTo(url, { connections: 1, rate: 0.01, signal: stop.signal });
  const sends = [transport.send(get('/'), 'w7-test-1'), transport.send(get('/'), 'w7-test-2')];
  await arrived.promise;
  stop.abort();
  for (const { outcome } of await Promise.all(sends))
    expect(outcome).toMatchObject({ kind: 'failed', reason: 'aborted' });
  expect((await transport.send(get('/'), 'w7-test-3')).outcome).toMatchObject({ reason: 'aborted' });
});

test('an abort ends the wait for the rate', async () => {
  const stop = new AbortController();
  const transport = transportTo(await serveHttp((_, response) => response.end()), { rate: 0.01, signal: stop.signal });
  await transport.send(get('/'), 'w7-test-1');
  const waiting = transport.send(get('/'), 'w7-test-2');
  setImmediate(() => stop.abort());
  expect((await waiting).outcome).toMatchObject({ kind: 'failed', reason: 'aborted' });
});

test('a closed transport sends nothing', async () => {
  const transport = transportTo(await serveHttp((_, response) => response.end()));
  await transport.send(get('/'), 'w7-test-1');
  await transport.close();
  await transport.close();
  expect((await transport.send(get('/'), 'w7-test-2')).outcome).toMatchObject({ reason: 'aborted' });
});

test.each(['ftp://x.example', 'nonsense', 'http://user:secret@x.example'])('%s is no target', (url) => {
  const refusal = expect(() => transportTo(url));
  refusal.toThrow(expect.objectContaining({ code: 'TARGET_UNREACHABLE' }));
});

function withResolvers() {
  let resolve = () => {};
  const promise = new Promise<void>((done) => {
    resolve = done;
  });
  return { promise, resolve: () => resolve() };
}
