import { createHash, randomBytes, X509Certificate } from 'node:crypto';
import { createServer, type RequestListener, request } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import { connect, type Socket } from 'node:net';
import { text } from 'node:stream/consumers';
import { connect as connectTls, type TLSSocket } from 'node:tls';
import { expect, onTestFinished, test } from 'vitest';
import { type ForwardSetup, startForwardProxy } from '../../src/lab/forward-proxy.js';
import { makeCertificate } from '../../src/lab/own-certificate.js';
import type { PassedRequest } from '../../src/lab/pass-on.js';
import { listen, serveHttp } from '../replay/loopback.js';

async function proxy(places: Pick<ForwardSetup, 'addressOf' | 'detour'> = {}) {
  const passed: PassedRequest[] = [];
  const limits = { requestBytes: 64 * 1024 * 1024, answerBytes: 1024 };
  const running = await startForwardProxy({
    ...limits,
    onPassed: (one) => passed.push(one),
    ...places,
  });
  onTestFinished(() => running.close());
  return { ...running, port: Number(new URL(running.url).port), passed };
}

const digest = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex');

const mirror: RequestListener = async (incoming, response) => {
  const chunks: Buffer[] = [];
  for await (const chunk of incoming) chunks.push(chunk as Buffer);
  response.end(`${incoming.method} ${incoming.headers.host} ${incoming.url} ${digest(Buffer.concat(chunks))}`);
};

async function serveTls(listener: RequestListener) {
  const { key, cert } = makeCertificate('shop');
  return (await listen(createTlsServer({ key, cert }, listener))).replace('http:', 'https:');
}

/** Opens a tunnel to a host, as browsers do for TLS and for web sockets. */
async function tunnel(port: number, authority: string): Promise<Socket> {
  const socket = connect(port, '127.0.0.1');
  socket.write(`CONNECT ${authority} HTTP/1.1\r\nHost: ${authority}\r\n\r\n`);
  await new Promise((resolve) => socket.once('data', resolve));
  return socket;
}

const post = (target: string, host: string, body: Buffer) =>
  Buffer.concat([
    Buffer.from(
      `POST ${target} HTTP/1.1\r\nHost: ${host}\r\nProxy-Connection: keep-alive\r\nConnection: close\r\nContent-Length: ${body.length}\r\n\r\n`,
    ),
    body,
  ]);

test('a request to any host passes byte by byte and is told with its origin', async () => {
  const shop = await serveHttp(mirror);
  const { port, passed } = await proxy();
  const body = randomBytes(2_000_000);
  const socket = connect(port, '127.0.0.1');
  socket.write(post(`${shop}/up%20load?a=%C3%A9&b`, new URL(shop).host, body));
  const answer = await text(socket);
  expect(answer).toContain(`POST ${new URL(shop).host} /up%20load?a=%C3%A9&b ${digest(body)}`);
  expect(passed).toMatchObject([{ origin: shop, method: 'POST', target: '/up%20load?a=%C3%A9&b', index: 0 }]);
  expect(passed[0]?.body?.equals(body)).toBe(true);
});

test('what goes through TLS is told just so', async () => {
  const shop = await serveTls(mirror);
  const { host } = new URL(shop);
  const { port, passed, keyHash } = await proxy();
  const body = randomBytes(300_000);
  const socket = connectTls({ socket: await tunnel(port, host), rejectUnauthorized: false });
  await new Promise((resolve) => socket.once('secureConnect', resolve));
  const shown = socket.getPeerX509Certificate();
  socket.write(post('/upload', host, body));
  expect(await text(socket)).toContain(digest(body));
  expect(passed).toMatchObject([{ origin: shop, target: '/upload', length: body.length }]);
  const spki = shown?.publicKey.export({ type: 'spki', format: 'der' }) ?? Buffer.alloc(0);
  expect(createHash('sha256').update(spki).digest('base64')).toBe(keyHash);
});

test('requests to an application can go to what stands before it, under the name of the application', async () => {
  const lab = await serveHttp(mirror);
  const { port, passed } = await proxy({
    detour: (origin) => (origin === 'http://shop.test' ? new URL(lab) : undefined),
  });
  const socket = connect(port, '127.0.0.1');
  socket.write(post('http://shop.test/a', 'shop.test', Buffer.from('x')));
  expect(await text(socket)).toContain('POST shop.test /a');
  expect(passed).toMatchObject([{ origin: 'http://shop.test' }]);
});

test('a web socket through a tunnel passes, and is told as one', async () => {
  const server = createServer();
  server.on('upgrade', (_, socket) => {
    socket.write('HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n');
    socket.pipe(socket);
  });
  const { host } = new URL(await listen(server));
  const { port, passed } = await proxy();
  const socket = await tunnel(port, host);
  socket.write(`GET /live HTTP/1.1\r\nHost: ${host}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n`);
  await new Promise((resolve) => socket.once('data', resolve));
  socket.write('ping');
  const echoed = await new Promise((resolve) => socket.once('data', (data) => resolve(`${data}`)));
  expect(echoed).toBe('ping');
  expect(passed).toMatchObject([{ isSocket: true, target: '/live' }]);
  socket.destroy();
});

test('a web socket goes to where its application is, and past what stands before that', async () => {
  const server = createServer();
  server.on('upgrade', ({ headers }, socket) => socket.end(`HTTP/1.1 101 Switching Protocols\r\n\r\n${headers.host}`));
  const address = new URL(await listen(server));
  const { port } = await proxy({ addressOf: () => address, detour: () => new URL('http://127.0.0.1:1') });
  const socket = await tunnel(port, 'shop.test:80');
  socket.write('GET /live HTTP/1.1\r\nHost: shop.test\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n');
  expect(await text(socket)).toContain('shop.test');
});

test('an application at another address is asked for the certificate of its name', async () => {
  const { key, cert } = makeCertificate('shop');
  let asked: string | false | null = '';
  const server = createTlsServer({ key, cert }, (incoming, response) => {
    asked = (incoming.socket as TLSSocket & { servername?: string }).servername ?? '';
    response.end('here');
  });
  const address = new URL((await listen(server)).replace('http:', 'https:'));
  const { port } = await proxy({ addressOf: () => address });
  const socket = connectTls({ socket: await tunnel(port, 'shop.test:443'), rejectUnauthorized: false });
  socket.write(post('/', 'shop.test', Buffer.from('x')));
  expect(await text(socket)).toContain('here');
  expect(asked).toBe('shop.test');
});

test('an application that is not there is a 502 that says so', async () => {
  const { port } = await proxy();
  const asked = request({ port, path: 'http://127.0.0.1:1/', agent: false }).end();
  const answer = await new Promise<import('node:http').IncomingMessage>((resolve) => asked.on('response', resolve));
  expect([answer.statusCode, await text(answer)]).toEqual([502, expect.stringContaining('connection refused')]);
});

test('whoever takes it for a server is told what it is', async () => {
  const { port } = await proxy();
  const socket = connect(port, '127.0.0.1');
  socket.write('GET / HTTP/1.0\r\n\r\n');
  expect(await text(socket)).toContain('this is a proxy');
});

test('its certificate is one that others can read, in force now', () => {
  const { cert } = makeCertificate('Wafproof recording', Date.parse('2030-06-01'));
  const read = new X509Certificate(cert);
  expect(read.subject).toBe('CN=Wafproof recording');
  expect(read.verify(read.publicKey)).toBe(true);
  expect([read.validFrom, read.validTo].map((date) => new Date(date).getUTCFullYear())).toEqual([2030, 2031]);
});
