import { expect, test } from 'vitest';
import type { Pair, RequestSpec } from '../../src/model/request.js';
import { encodeRequest } from '../../src/request/encode-request.js';
import { get, post, serveHttp, serveRaw, serveRecorder, transportTo } from './loopback.js';

const refused: readonly (readonly [string, readonly Pair[]])[] = [
  ['Expect', [['Expect', '100-continue']]],
  ['Keep-Alive', [['Keep-Alive', '300']]],
  [
    'Upgrade',
    [
      ['Connection', 'Upgrade'],
      ['Upgrade', 'h2c'],
    ],
  ],
  ['two options of Connection', [['Connection', 'keep-alive, TE']]],
  [
    'two fields of Connection',
    [
      ['Connection', 'keep-alive'],
      ['Connection', 'close'],
    ],
  ],
  [
    'two Hosts',
    [
      ['Host', 'a.example'],
      ['Host', 'b.example'],
    ],
  ],
];

test.each(refused)('%s goes out as given, though undici refuses it', async (_, headers) => {
  const { url, connections } = await serveRecorder();
  const { outcome } = await transportTo(url).send(
    post('/x', 'a=1', ['X-First', '1'], ...headers, ['X-Last', 'last']),
    'w7-test-1',
  );
  expect(outcome).toMatchObject({ kind: 'answered', status: 200, bodyExcerpt: 'ok' });
  const sent = Buffer.from(connections[0] ?? '', 'latin1').toString();
  const given = [
    ['X-First', '1'],
    ...headers,
    ['X-Last', 'last'],
    ['Content-Length', '3'],
    ['X-Wafproof-Id', 'w7-test-1'],
  ];
  expect(sent).toContain(given.map(([name, value]) => `${name}: ${value}\r\n`).join(''));
  expect(sent).toMatch(/\r\n\r\na=1$/);
});

test('Connection: close and keep-alive are taken', async () => {
  const { url, connections } = await serveRecorder();
  const transport = transportTo(url);
  await transport.send(get('/', ['Connection', 'close']), 'w7-test-1');
  await transport.send(get('/', ['Connection', 'Keep-Alive']), 'w7-test-2');
  expect(connections[0]).toContain('connection: close\r\n');
  expect(connections[1]).toContain('connection: keep-alive\r\n');
});

test('a chunked body goes out in chunks', async () => {
  const { url, connections } = await serveRecorder();
  await transportTo(url).send(post('/', 'a=1', ['Transfer-Encoding', 'chunked']), 'w7-test-1');
  expect(connections[0]).toContain('Transfer-Encoding: chunked\r\n');
  expect(connections[0]).toMatch(/\r\n\r\n3\r\na=1\r\n0\r\n\r\n$/);
  expect(connections[0]).not.toMatch(/content-length/i);
});

test('a case that drops Host has none', async () => {
  const { url, connections } = await serveRecorder();
  const spec: RequestSpec = {
    method: 'GET',
    path: '/',
    query: [],
    headers: [],
    cookies: [],
    body: { kind: 'none' },
    omittedHeaders: ['host'],
  };
  await transportTo(url).send(encodeRequest(spec), 'w7-test-1');
  expect(connections[0]).toMatch(/^GET \/ HTTP\/1\.1\r\nX-Wafproof-Id/);
  expect(connections[0]).not.toMatch(/host:/i);
});

test('the invitation to go on is not the answer', async () => {
  const url = await serveHttp((_, response) => response.end('done'));
  const request = post('/', 'a=1', ['Expect', '100-continue']);
  expect((await transportTo(url).send(request, 'w7-test-1')).outcome).toMatchObject({
    status: 200,
    bodyExcerpt: 'done',
  });
});

test('an upgrade that the server accepts is answered with 101', async () => {
  const { url } = await serveRecorder('HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\nConnection: Upgrade\r\n\r\n');
  const request = get('/', ['Connection', 'Upgrade'], ['Upgrade', 'x']);
  expect((await transportTo(url).send(request, 'w7-test-1')).outcome).toMatchObject({ kind: 'answered', status: 101 });
});

test('values beyond ASCII go out as UTF-8 here too', async () => {
  const { url, connections } = await serveRecorder();
  await transportTo(url).send(get('/', ['Keep-Alive', '300'], ['X-Name', 'Zoë 日本']), 'w7-test-1');
  expect(Buffer.from(connections[0] ?? '', 'latin1').toString()).toContain('X-Name: Zoë 日本\r\n');
});

test.each([
  ['Content-Length says 5', post('/', 'abc', ['Content-Length', '5'])],
  ['Content-Length says 0x3', post('/', 'abc', ['Content-Length', '0x3'])],
  ['more than one', post('/', 'abc', ['Content-Length', '3'], ['content-length', '3'])],
  ['exclude each other', post('/', 'abc', ['Content-Length', '3'], ['Transfer-Encoding', 'chunked'])],
  ['Expect', get('/', ['Expect', '100-continue'], ['X-Name', 'Zoë'])],
  ['tunnel', { ...get('/'), method: 'CONNECT' }],
  ['invalid', get('/', ['X-Split', 'a\r\nb: c'])],
  ['invalid', get('/', ['no name', 'a'])],
  ['invalid', { ...get('/'), method: 'G ET' }],
  ['[Ii]nvalid', get('/', ['Expect', 'a\r\nb: c'])],
])('what no client can send is unsendable: %s', async (reason, request) => {
  const { url, connections } = await serveRecorder();
  const { outcome } = await transportTo(url).send(request, 'w7-test-1');
  expect(outcome).toMatchObject({ kind: 'failed', reason: 'unsendable', message: expect.stringMatching(reason) });
  expect(connections.join('')).toBe('');
});

test.each([
  ['timeout', () => {}],
  ['connection-reset', (socket: import('node:net').Socket) => socket.resetAndDestroy()],
  ['other', (socket: import('node:net').Socket) => socket.end('220 smtp.example ESMTP\r\n')],
] as const)('failures have the same names: %s', async (reason, onData) => {
  const url = await serveRaw((socket) => socket.once('data', () => onData(socket)));
  const request = get('/', ['Keep-Alive', '300']);
  const { outcome } = await transportTo(url, { timeoutMs: reason === 'timeout' ? 300 : 20_000 }).send(
    request,
    'w7-test-1',
  );
  expect(outcome).toMatchObject({ kind: 'failed', reason });
});

test('an endless body is left after a bound here too', async () => {
  const url = await serveRaw((socket) => {
    socket.once('data', () => {
      socket.write('HTTP/1.1 200 OK\r\n\r\n');
      const pour = () => {
        while (!socket.destroyed && socket.write(Buffer.alloc(64 * 1024, 'x')));
      };
      socket.on('drain', pour);
      pour();
    });
  });
  const { outcome } = await transportTo(url).send(get('/', ['Keep-Alive', '300']), 'w7-test-1');
  expect(outcome).toMatchObject({ kind: 'answered', status: 200 });
});
