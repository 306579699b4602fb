import { expect, test } from 'vitest';
import type { RequestSpec } from '../../src/model/request.js';
import { encodeRequest } from '../../src/request/encode-request.js';
import { get, serveRecorder, transportTo } from './loopback.js';

const spec: RequestSpec = {
  method: 'POST',
  path: '/notes',
  query: [],
  headers: [['Accept', '*/*']],
  cookies: [],
  body: { kind: 'none' },
  omittedHeaders: ['content-length'],
};

test.each(['POST', 'PUT', 'PATCH'])(
  'a %s that drops Content-Length and has no body goes out without',
  async (method) => {
    const { url, connections } = await serveRecorder();
    const { outcome } = await transportTo(url).send(encodeRequest({ ...spec, method }), 'w7-1');
    expect(outcome).toMatchObject({ kind: 'answered', status: 200 });
    expect(connections[0]).toMatch(new RegExp(`^${method} /notes HTTP/1.1\\r\\nHost: `));
    expect(connections[0]).not.toMatch(/content-length|transfer-encoding/i);
    expect(connections[0]).toMatch(/\r\nX-Wafproof-Id: w7-1\r\n(?:Connection: close\r\n)?\r\n$/);
  },
);

test('fields that are there twice stay so', async () => {
  const { url, connections } = await serveRecorder();
  const headers = [
    ['X-A', '1'],
    ['x-a', '2'],
  ] as const;
  await transportTo(url).send(encodeRequest({ ...spec, headers }), 'w7-1');
  expect(connections[0]?.match(/x-a: \d/gi)).toHaveLength(2);
});

test('a body whose length is dropped is chunked, as everybody sees it', async () => {
  const { url, connections } = await serveRecorder();
  const request = encodeRequest({ ...spec, body: { kind: 'form', fields: [['a', '1']] } });
  expect(request.headers).toContainEqual(['Transfer-Encoding', 'chunked']);
  await transportTo(url).send(request, 'w7-1');
  expect(connections[0]).toMatch(/\r\n\r\n3\r\na=1\r\n0\r\n\r\n$/);
  expect(connections[0]).not.toMatch(/content-length/i);
});

test('a GET without a body is what it was', async () => {
  const { url, connections } = await serveRecorder();
  await transportTo(url).send(get('/', ['Upgrade', 'none']), 'w7-1');
  expect(connections[0]).toMatch(
    /^GET \/ HTTP\/1.1\r\nHost: \S+\r\nUpgrade: none\r\nX-Wafproof-Id: w7-1\r\nConnection: /,
  );
});
