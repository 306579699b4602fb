import { createHash, randomBytes } from 'node:crypto';
import { createServer, type RequestListener, request } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { expect, onTestFinished, test } from 'vitest';
import { makeCertificate } from '../../src/lab/own-certificate.js';
import { type PassedRequest, startRecordingProxy } from '../../src/lab/recording-proxy.js';
import { listen, serveHttp } from '../replay/loopback.js';

async function proxyTo(upstream: string, requestBytes = 64 * 1024 * 1024) {
  const passed: PassedRequest[] = [];
  const proxy = await startRecordingProxy({
    upstream: new URL(upstream),
    port: 0,
    requestBytes,
    answerBytes: 1024,
    ownHeader: 'X-Wafproof-Test',
    onPassed: (one) => passed.push(one),
  });
  onTestFinished(() => proxy.close());
  return { url: proxy.url, passed };
}

const digest = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex');

/** An application that answers with what it got. */
const mirror: RequestListener = async (incoming, response) => {
  const chunks: Buffer[] = [];
  for await (const chunk of incoming) chunks.push(chunk as Buffer);
  response.setHeader(
    'X-Seen',
    JSON.stringify({ method: incoming.method, url: incoming.url, headers: incoming.rawHeaders }),
  );
  response.end(digest(Buffer.concat(chunks)));
};

async function ask(
  url: string,
  options: { method?: string; body?: Buffer; headers?: Record<string, string>; chunked?: boolean } = {},
) {
  const { method = 'GET', body, headers = {}, chunked = false } = options;
  const framing = body === undefined || chunked ? {} : { 'Content-Length': `${body.length}` };
  const sent = request(url, { method, headers: { ...headers, ...framing }, agent: false });
  if (body !== undefined && chunked)
    for (let at = 0; at < body.length; at += 70_000) sent.write(body.subarray(at, at + 70_000));
  sent.end(chunked ? undefined : body);
  const answer = await new Promise<import('node:http').IncomingMessage>((resolve, reject) => {
    sent.on('response', resolve).on('error', reject);
  });
  return { status: answer.statusCode, headers: answer.headers, body: await text(answer) };
}

test.each([false, true])('an upload passes byte by byte and is kept so (in chunks: %s)', async (chunked) => {
  const { url, passed } = await proxyTo(await serveHttp(mirror));
  const body = randomBytes(3_000_000);
  const answer = await ask(`${url}/up%20load?a=%C3%A9&b`, {
    method: 'PUT',
    body,
    chunked,
    headers: { 'X-Odd': 'a  b' },
  });
  expect(answer.body).toBe(digest(body));
  const seen = JSON.parse(`${answer.headers['x-seen']}`);
  expect(seen).toMatchObject({ method: 'PUT', url: '/up%20load?a=%C3%A9&b' });
  expect(seen.headers).toContain('a  b');
  expect(passed).toMatchObject([{ index: 0, method: 'PUT', target: '/up%20load?a=%C3%A9&b', length: body.length }]);
  expect(passed[0]?.body && digest(passed[0].body)).toBe(digest(body));
});

test('the header for the recording alone does not reach the application', async () => {
  const { url, passed } = await proxyTo(await serveHttp(mirror));
  const { headers } = await ask(url, { headers: { 'X-Wafproof-Test': 'adds a note' } });
  expect(`${headers['x-seen']}`).not.toMatch(/wafproof/i);
  expect(passed[0]?.headers).toContainEqual(['X-Wafproof-Test', 'adds a note']);
});

test('a thousand requests side by side pass, each with its own answer', async () => {
  const { url, passed } = await proxyTo(await serveHttp(mirror));
  const bodies = Array.from({ length: 1000 }, (_, i) => Buffer.from(`n=${i}`));
  for (let at = 0; at < bodies.length; at += 50) {
    const some = bodies.slice(at, at + 50);
    const answers = await Promise.all(some.map((body) => ask(`${url}/n`, { method: 'POST', body })));
    expect(answers.map(({ body }) => body)).toEqual(some.map(digest));
  }
  expect(passed.map(({ index }) => index).sort((a, b) => a - b)).toEqual(bodies.map((_, i) => i));
});

test('a body that is longer than what is kept passes whole, and is known to be missing', async () => {
  const { url, passed } = await proxyTo(await serveHttp(mirror), 1000);
  const body = randomBytes(100_000);
  expect((await ask(url, { method: 'POST', body })).body).toBe(digest(body));
  expect(passed[0]).toMatchObject({ length: 100_000 });
  expect(passed[0]).not.toHaveProperty('body');
});

test('an answer streams: its start is there before its end is written', async () => {
  let finish = () => {};
  const { url } = await proxyTo(
    await serveHttp((_, response) => {
      response.write('start');
      finish = () => response.end('end');
    }),
  );
  const answer = await new Promise<import('node:http').IncomingMessage>((resolve) =>
    request(url, { agent: false }, resolve).end(),
  );
  answer.once('data', () => finish());
  expect(await text(answer)).toBe('startend');
});

test('redirects to the address of the application lead back to the proxy, and others away', async () => {
  let location = '';
  const upstream = await serveHttp((_, response) => response.writeHead(302, { Location: location }).end());
  const { url } = await proxyTo(upstream);
  const leads = async (to: string) => {
    location = to;
    return (await ask(url)).headers.location;
  };
  expect(await leads(`${upstream}/a?b=1`)).toBe(`${url}/a?b=1`);
  expect(await leads('/relative')).toBe('/relative');
  expect(await leads(`${upstream}0/a`)).toBe(`${upstream}0/a`);
  expect(await leads('https://id.example/a')).toBe('https://id.example/a');
});

test('a web socket passes both ways', async () => {
  const server = createServer();
  server.on('upgrade', (incoming, socket, head) => {
    socket.write(
      `HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n${incoming.url}|`,
    );
    socket.write(head);
    socket.pipe(socket);
  });
  const { url, passed } = await proxyTo(await listen(server));
  const { hostname, port } = new URL(url);
  const client = connect(Number(port), hostname);
  client.write('GET /chat HTTP/1.1\r\nHost: a\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\nfirst,');
  let got = '';
  for await (const chunk of client) {
    got += chunk;
    if (got.endsWith('first,')) client.write('second');
    if (got.endsWith('second')) client.end();
  }
  expect(got).toMatch(/^HTTP\/1\.1 101 .*\r\n\r\n\/chat\|first,second$/s);
  expect(passed).toMatchObject([{ target: '/chat', isSocket: true }]);
});

test('an application that is down, or breaks off, is told as such', async () => {
  const down = await proxyTo('http://127.0.0.1:9');
  expect(await ask(down.url)).toMatchObject({ status: 502, body: expect.stringContaining('upstream: ') });
  const broken = await proxyTo(await serveHttp((incoming) => incoming.socket.destroy()));
  expect((await ask(broken.url)).status).toBe(502);
  expect(broken.passed).toHaveLength(1);
});

test('a web socket that nobody ends does not keep the proxy open, and neither does a stream', async () => {
  const server = createServer((_, response) => response.write('data: 1\n\n'));
  server.on('upgrade', (_, socket) => socket.write('HTTP/1.1 101 Switching Protocols\r\n\r\n'));
  const upstream = await listen(server);
  const proxy = await startRecordingProxy({
    upstream: new URL(upstream),
    port: 0,
    requestBytes: 1024,
    answerBytes: 1024,
    ownHeader: 'X-Wafproof-Test',
    onPassed: () => {},
  });
  const asked = ['Upgrade: websocket\r\nConnection: Upgrade', 'Accept: text/event-stream'].map(async (fields) => {
    const client = connect({ port: Number(new URL(proxy.url).port), allowHalfOpen: true });
    client.on('error', () => {});
    client.write(`GET / HTTP/1.1\r\nHost: a\r\n${fields}\r\n\r\n`);
    await new Promise((resolve) => client.once('data', resolve));
    return client;
  });
  const clients = await Promise.all(asked);
  const closed = clients.map((client) => new Promise((resolve) => client.on('close', resolve)));
  for (const client of clients) client.resume().on('end', () => client.end());
  await proxy.close();
  await Promise.all(closed);
});

test('an application over TLS is asked by its own name, and its cookies and addresses are those of the proxy', async () => {
  const { key, cert } = makeCertificate('shop');
  let own = '';
  const server = createTlsServer({ key, cert }, (incoming, response) => {
    const { host, origin, referer } = incoming.headers;
    response.setHeader('Set-Cookie', [
      'sid=1; Domain=127.0.0.1; Path=/; Secure; HttpOnly',
      'embedded=1; secure; SameSite=None',
      '__Host-id=1; Secure; Path=/',
      'far=1; Domain=example.com',
    ]);
    response.setHeader('Access-Control-Allow-Origin', own);
    response.setHeader('Location', `//${host}/a`);
    response.setHeader('X-Seen', JSON.stringify([host, origin, referer]));
    response.end();
  });
  own = (await listen(server)).replace('http:', 'https:');
  const { url, passed } = await proxyTo(own);
  const elsewhere = 'https://id.example/';
  const { headers } = await ask(`${url}/`, { headers: { Origin: url, Referer: `${url}/form?a=1` } });
  expect(JSON.parse(`${headers['x-seen']}`)).toEqual([new URL(own).host, own, `${own}/form?a=1`]);
  expect(headers).toMatchObject({ location: `${url}/a`, 'access-control-allow-origin': url });
  expect(headers['set-cookie']).toEqual([
    'sid=1; Path=/; HttpOnly',
    'embedded=1',
    '__Host-id=1; Secure; Path=/',
    'far=1; Domain=example.com',
  ]);
  expect(passed[0]?.headers).toContainEqual(['Origin', url]);
  const other = await ask(`${url}/`, { headers: { Origin: elsewhere } });
  expect(JSON.parse(`${other.headers['x-seen']}`)[1]).toBe(elsewhere);
});

test('an application of this machine hears the name that its client has used', async () => {
  const { url } = await proxyTo(await serveHttp(mirror));
  const seen = JSON.parse(`${(await ask(url, { headers: { Origin: url } })).headers['x-seen']}`).headers;
  expect(seen).toEqual(expect.arrayContaining([url, new URL(url).host]));
});
