import { gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import type { WireRequest } from '../../src/model/request.js';
import { get, post, serveHttp, serveRaw, serveRecorder, transportTo } from './loopback.js';

async function answered(url: string, request: WireRequest, options = {}) {
  const { outcome } = await transportTo(url, options).send(request, 'w7-test-1');
  if (outcome.kind === 'failed') throw new Error(`${outcome.reason}: ${outcome.message}`);
  return outcome;
}

test('the answer comes back with status, raw headers, excerpt and duration', async () => {
  const url = await serveRaw((socket) => {
    socket.once('data', () =>
      socket.end(
        'HTTP/1.1 403 No\r\nX-Twice: a\r\nx-twice: b\r\nContent-Length: 3\r\nETag: "\xe9"\r\n\r\nno!',
        'latin1',
      ),
    );
  });
  const exchange = await transportTo(url).send(get('/'), 'w7-test-1');
  expect(exchange).toEqual({
    correlationId: 'w7-test-1',
    outcome: {
      kind: 'answered',
      status: 403,
      headers: [
        ['X-Twice', 'a'],
        ['x-twice', 'b'],
        ['Content-Length', '3'],
        ['ETag', '"\xe9"'],
      ],
      bodyExcerpt: 'no!',
    },
    durationMs: expect.any(Number),
  });
});

test('headers go out in order, in their case, the correlation id last', async () => {
  const { url, connections } = await serveRecorder();
  await answered(
    url,
    post(
      '/x?y=%20',
      'a=1',
      ['X-b', '1'],
      ['ACCEPT', '*/*'],
      ['X-b', '2'],
      ['Content-Type', 'text/plain'],
      ['Content-Length', '3'],
    ),
  );
  expect(connections[0]?.split('\r\n')).toEqual([
    'POST /x?y=%20 HTTP/1.1',
    `host: ${url.slice(7)}`,
    'connection: keep-alive',
    'X-b: 1',
    'ACCEPT: */*',
    'X-b: 2',
    'Content-Type: text/plain',
    'X-Wafproof-Id: w7-test-1',
    'content-length: 3',
    '',
    'a=1',
  ]);
});

test('values beyond ASCII go out as UTF-8, and a correlation id of the case is replaced', async () => {
  const { url, connections } = await serveRecorder();
  await answered(url, get('/', ['X-Name', 'Zoë 日本'], ['x-wafproof-id', 'w7-old-9']));
  expect(Buffer.from(connections[0] ?? '', 'latin1').toString()).toContain(
    'X-Name: Zoë 日本\r\nX-Wafproof-Id: w7-test-1\r\n',
  );
  expect(connections[0]).not.toContain('w7-old-9');
});

test.each([
  ['', undefined, [], 'URL'],
  ['', 'shop.example', [], 'shop.example'],
  ['', 'shop.example', [['hOsT', 'own.example']], 'own.example'],
] as const)(
  "the host is the case's own, else the option, else that of the URL %#",
  async (_, host, headers, expected) => {
    const { url, connections } = await serveRecorder();
    await answered(url, get('/', ...headers), host === undefined ? {} : { host });
    expect(connections[0]).toContain(`host: ${expected === 'URL' ? url.slice(7) : expected}\r\n`);
  },
);

test('the path of the URL comes before that of the request', async () => {
  const { url, connections } = await serveRecorder();
  await answered(`${url}/base/path/`, get('/x'));
  expect(connections[0]).toMatch(/^GET \/base\/path\/x HTTP/);
});

test('a GET with a body arrives, and keeps its connection', async () => {
  const bodies: string[] = [];
  const ports = new Set<number | undefined>();
  const url = await serveHttp((request, response) => {
    ports.add(request.socket.remotePort);
    let body = '';
    request.on('data', (chunk: Buffer) => {
      body += chunk.toString();
    });
    request.on('end', () => {
      bodies.push(body);
      response.end();
    });
  });
  const transport = transportTo(url);
  await transport.send({ ...post('/', 'one'), method: 'GET' }, 'w7-test-1');
  await transport.send({ ...post('/', 'two'), method: 'GET' }, 'w7-test-2');
  expect([bodies, ports.size]).toEqual([['one', 'two'], 1]);
});

test('redirects are not followed, and cookies are not kept', async () => {
  const seen: (string | undefined)[] = [];
  const url = await serveHttp((request, response) => {
    seen.push(request.headers.cookie);
    response.writeHead(302, { Location: '/elsewhere', 'Set-Cookie': 'a=1' }).end();
  });
  const transport = transportTo(url);
  const statuses = [];
  for (const id of ['w7-test-1', 'w7-test-2']) {
    const { outcome } = await transport.send(get('/'), id);
    statuses.push(outcome.kind === 'answered' && outcome.status);
  }
  expect([statuses, seen]).toEqual([
    [302, 302],
    [undefined, undefined],
  ]);
});

test('a long body is cut at 16 KiB, lossily decoded, and the connection is kept', async () => {
  const ports = new Set<number | undefined>();
  const url = await serveHttp((request, response) => {
    ports.add(request.socket.remotePort);
    response.end(Buffer.concat([Buffer.from([0xff]), Buffer.alloc(500_000, 'a')]));
  });
  const transport = transportTo(url);
  const excerpts = [];
  for (const id of ['w7-test-1', 'w7-test-2']) {
    const { outcome } = await transport.send(get('/'), id);
    excerpts.push(outcome.kind === 'answered' ? outcome.bodyExcerpt : '');
  }
  expect(excerpts).toEqual(Array(2).fill(`\ufffd${'a'.repeat(16 * 1024 - 1)}`));
  expect(ports.size).toBe(1);
});

test('a body without end is left after a bound', async () => {
  const url = await serveHttp((_, response) => {
    const pour = () => {
      while (response.write(Buffer.alloc(64 * 1024, 'x')));
    };
    response.on('drain', pour);
    pour();
  });
  const transport = transportTo(url);
  for (const id of ['w7-test-1', 'w7-test-2']) {
    const { outcome } = await transport.send(get('/'), id);
    expect(outcome).toMatchObject({ kind: 'answered', status: 200, bodyExcerpt: 'x'.repeat(16 * 1024) });
  }
});

test('a compressed refusal is readable, whole and cut', async () => {
  const page = `<h1>Forbidden</h1>${Array.from({ length: 20_000 }, (_, n) => n).join(' ')}`;
  const url = await serveHttp((request, response) => {
    const body = request.url === '/short' ? gzipSync('<h1>Forbidden</h1>') : gzipSync(page);
    response.writeHead(403, { 'Content-Encoding': request.url === '/broken' ? 'br' : 'gzip' }).end(body);
  });
  expect((await answered(url, get('/short'))).bodyExcerpt).toBe('<h1>Forbidden</h1>');
  expect((await answered(url, get('/long'))).bodyExcerpt).toBe(page.slice(0, 16 * 1024));
  expect((await answered(url, get('/broken'))).bodyExcerpt).not.toBe('');
});

test('informational answers are not the answer', async () => {
  const url = await serveRaw((socket) => {
    socket.once('data', () =>
      socket.end('HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\nHTTP/1.1 201 Created\r\nContent-Length: 0\r\n\r\n'),
    );
  });
  expect(await answered(url, get('/'))).toMatchObject({ status: 201, headers: [['Content-Length', '0']] });
});

test('an answer whose body breaks off is an answer all the same', async () => {
  const url = await serveRaw((socket) => {
    socket.once('data', () => socket.end('HTTP/1.1 500 Oops\r\nContent-Length: 100\r\n\r\npartial'));
  });
  expect(await answered(url, get('/'))).toMatchObject({ status: 500, bodyExcerpt: 'partial' });
});

test('HEAD has no body', async () => {
  const url = await serveHttp((_, response) => response.writeHead(200, { 'Content-Length': '5' }).end());
  const head = { ...get('/'), method: 'HEAD' };
  expect(await answered(url, head)).toMatchObject({ status: 200, bodyExcerpt: '' });
});

test('no more connections are open than allowed, and all of them are used', async () => {
  const open = new Set<number | undefined>();
  let inFlight = 0;
  let most = 0;
  const url = await serveHttp((request, response) => {
    open.add(request.socket.remotePort);
    most = Math.max(most, ++inFlight);
    setTimeout(() => {
      inFlight--;
      response.end();
    }, 5);
  });
  const transport = transportTo(url, { connections: 4 });
  const sends = Array.from({ length: 60 }, (_, n) => transport.send(get(`/${n}`), `w7-test-${n}`));
  const outcomes = await Promise.all(sends);
  expect(outcomes.every(({ outcome }) => outcome.kind === 'answered')).toBe(true);
  expect([most, open.size]).toEqual([4, 4]);
});
