import { expect, test } from 'vitest';
import type { RequestSpec } from '../../src/model/request.js';
import type { SessionOptions } from '../../src/model/target-options.js';
import { applySession } from '../../src/replay/apply-session.js';
import { openSession, type Session } from '../../src/replay/session.js';
import { encodeRequest } from '../../src/request/encode-request.js';
import { serveBusy, serveHttp, serveRaw } from './loopback.js';

const open = (url: string, config: SessionOptions) =>
  openSession({ url, connections: 4, timeoutMs: 20_000 }, config, 'w7-test-session');

test('cookies and values come from one request', async () => {
  const seen: unknown[] = [];
  const url = await serveHttp((request, response) => {
    let body = '';
    request.on('data', (chunk: Buffer) => {
      body += chunk.toString();
    });
    request.on('end', () => {
      seen.push([request.method, request.url, request.headers['x-own'], body]);
      response.setHeader('Set-Cookie', ['sid=abc; HttpOnly', 'XSRF-TOKEN=a%3Db', 'old=; Max-Age=0']);
      response.setHeader('X-CSRF', 'from-header');
      response.end(`${'<p>'.repeat(20_000)}<input type="hidden" name="csrf_token" value="t&#x2B;1">`);
    });
  });
  const session = await open(url, {
    request: { path: '/login', form: [['user', 'ada & co']], headers: [['X-Own', '1']] },
    values: { a: { cookie: 'XSRF-TOKEN' }, b: { header: 'x-csrf' }, c: { input: 'csrf_token' } },
  });
  expect(session.cookies).toEqual([
    ['sid', 'abc'],
    ['XSRF-TOKEN', 'a%3Db'],
  ]);
  expect(Object.fromEntries(session.values)).toEqual({ a: 'a=b', b: 'from-header', c: 't+1' });
  expect(seen).toEqual([['POST', '/login', '1', 'user=ada+%26+co']]);
});

test('a redirect after the login is accepted, and a plain GET is the default', async () => {
  const url = await serveHttp((request, response) =>
    response.writeHead(302, { Location: '/', 'Set-Cookie': `sid=${request.method}${request.url}` }).end(),
  );
  expect((await open(url, { values: {} })).cookies).toEqual([['sid', 'GET/']]);
});

test('a login that is refused for load is sent again when the target says, and no more than twice', async () => {
  const login = { request: { form: [['user', 'ada']] as const }, values: {} };
  const { url, times } = await serveBusy(2, 429, { 'Retry-After': '1' });
  expect((await open(url, login)).cookies).toEqual([['sid', 'abc']]);
  expect(times).toHaveLength(3);
  expect(Math.min((times[1] ?? 0) - (times[0] ?? 0), (times[2] ?? 0) - (times[1] ?? 0))).toBeGreaterThan(950);
  const staying = await serveBusy(10, 503, { 'Retry-After': '0' });
  await expect(open(staying.url, login)).rejects.toMatchObject({ code: 'SESSION_FAILED' });
  expect(staying.times).toHaveLength(3);
});

const page = (status: number, body: string) => serveHttp((_, response) => response.writeHead(status).end(body));

test.each([
  [() => page(403, ''), {}, 'GET / was answered with status 403'],
  [
    () => page(200, '<p>'),
    { t: { input: 'csrf' } },
    'the value "t" was not found: the answer has no input or meta "csrf"',
  ],
  [() => page(200, '<p>'), { t: { cookie: 'csrf' } }, 'no cookie "csrf"'],
  [() => page(200, '<p>'), { t: { header: 'csrf' } }, 'no header "csrf"'],
  [() => page(200, '<p>'), { t: {} }, 'not configured'],
  [() => serveRaw((socket) => socket.resetAndDestroy()), {}, 'GET / was not answered'],
] as const)('what goes wrong is SESSION_FAILED with the reason %#', async (serve, values, reason) => {
  const opening = open(await serve(), { values });
  await expect(opening).rejects.toMatchObject({ code: 'SESSION_FAILED', message: expect.stringContaining(reason) });
});

const session: Session = {
  cookies: [
    ['sid', 'abc'],
    ['theme', 'light'],
  ],
  values: new Map([
    ['csrf', 'T$&1'],
    ['user', 'ada'],
  ]),
};
const values = [
  { name: 'csrf', token: '\u0001csrf\u0001' },
  { name: 'user', token: '\u0001user\u0001' },
];
const spec: RequestSpec = {
  method: 'POST',
  path: '/u/\u0001user\u0001',
  query: [['t', '\u0001csrf\u0001']],
  headers: [['X-CSRF', '\u0001csrf\u0001']],
  cookies: [
    ['theme', 'dark'],
    ['own', '\u0001user\u0001'],
  ],
  body: { kind: 'form', fields: [['csrf', '\u0001csrf\u0001']] },
  omittedHeaders: ['accept'],
};

test('tokens become values everywhere, and cookies of the case win', () => {
  expect(applySession(spec, values, session)).toEqual({
    method: 'POST',
    path: '/u/ada',
    query: [['t', 'T$&1']],
    headers: [['X-CSRF', 'T$&1']],
    cookies: [
      ['sid', 'abc'],
      ['theme', 'dark'],
      ['own', 'ada'],
    ],
    body: { kind: 'form', fields: [['csrf', 'T$&1']] },
    omittedHeaders: ['accept'],
  });
  expect(encodeRequest(applySession(spec, values, session)).headers).toContainEqual([
    'Cookie',
    'sid=abc; theme=dark; own=ada',
  ]);
});

test.each([
  [
    { kind: 'json', value: { a: ['\u0001csrf\u0001', 1, null, true], '\u0001user\u0001': {} } },
    { kind: 'json', value: { a: ['T$&1', 1, null, true], ada: {} } },
  ],
  [
    {
      kind: 'multipart',
      boundary: 'b',
      parts: [
        { name: '\u0001user\u0001', filename: '\u0001user\u0001.txt', content: { text: '\u0001csrf\u0001' } },
        { name: 'x', type: 'a/b', content: { base64: 'AAAA' } },
      ],
    },
    {
      kind: 'multipart',
      boundary: 'b',
      parts: [
        { name: 'ada', filename: 'ada.txt', content: { text: 'T$&1' } },
        { name: 'x', type: 'a/b', content: { base64: 'AAAA' } },
      ],
    },
  ],
  [
    { kind: 'raw', content: { text: '<\u0001csrf\u0001>' } },
    { kind: 'raw', content: { text: '<T$&1>' } },
  ],
  [{ kind: 'none' }, { kind: 'none' }],
] as const)('in a body of each kind %#', (body, expected) => {
  expect(applySession({ ...spec, body }, values, session).body).toEqual(expected);
});

test('a JSON key named __proto__ stays a key', () => {
  const value = JSON.parse('{"__proto__": {"a": "\\u0001csrf\\u0001"}}');
  const { body } = applySession({ ...spec, body: { kind: 'json', value } }, values, session);
  expect(JSON.stringify(body)).toContain('{"__proto__":{"a":"T$&1"}}');
});

test('a case that writes or drops the Cookie header itself gets no cookies of the session', () => {
  const writing = applySession({ ...spec, cookies: [], headers: [['cookie', 'a=1']] }, [], session);
  const dropping = applySession({ ...spec, cookies: [], omittedHeaders: ['cookie'] }, [], session);
  expect([writing.cookies, dropping.cookies]).toEqual([[], []]);
});

test('a value that the session does not have is SESSION_FAILED', () => {
  const apply = () => applySession(spec, [{ name: 'nonce', token: 'n' }], session);
  expect(apply).toThrow(
    expect.objectContaining({ code: 'SESSION_FAILED', message: expect.stringContaining('"nonce"') }),
  );
});
