import { expect, test } from 'vitest';
import type { SessionOptions, SessionStep } from '../../../src/model/session-options.js';
import { serveBusy, serveHttp, serveRaw } from '../loopback.js';
import { password, serveLoginApp } from './login-app.js';
import { open } from './site.js';

const logIn: readonly SessionStep[] = [
  { get: '/login' },
  {
    submit: 'form#login',
    fill: [
      ['user', 'ada'],
      ['password', { name: 'APP_PASSWORD', value: password }],
    ],
  },
];

test('a form is submitted as a browser does: hidden fields, cookies, origin and referrer', async () => {
  const app = await serveLoginApp();
  const { values, visitor, loginPage } = await open(app.url, {
    steps: logIn,
    values: { csrf: { input: 'csrf-token' }, sid: { cookie: 'sid' } },
  });
  const posted = app.seen.find(({ line }) => line === 'POST /login');
  expect(posted?.fields.map(([name]) => name)).toEqual(['csrf', 'next', 'user', 'password']);
  expect(posted?.headers).toMatchObject({ origin: app.url, referer: `${app.url}/login` });
  expect(values.get('csrf')).toMatch(/^tok-/);
  expect(visitor.cookies.of(`${app.url}/`)).toEqual([['sid', values.get('sid')]]);
  expect(loginPage).toBe(`${app.url}/login`);
});

test('a value is taken from the newest answer that has it, so that a login does not leave a stale token', async () => {
  const app = await serveLoginApp();
  const { values } = await open(app.url, { steps: logIn, values: { csrf: { regex: '(tok-[0-9a-f]+)' } } });
  const beforeLogin = app.seen.find(({ line }) => line === 'POST /login')?.fields[0]?.[1];
  expect(values.get('csrf')).not.toBe(beforeLogin);
  expect(app.seen.at(-1)).toMatchObject({ line: 'GET /', user: 'ada' });
});

test('steps can use values of earlier ones, in headers, forms and JSON', async () => {
  const seen: unknown[] = [];
  const url = await serveHttp(async (request, response) => {
    let body = '';
    for await (const chunk of request) body += chunk;
    seen.push([request.method, request.url, request.headers['x-token'], request.headers['content-type'], body]);
    response.end(JSON.stringify({ data: { items: [{ id: 't-1' }] }, expires_in: 3600 }));
  });
  const token = { session: 'token' };
  await open(url, {
    steps: [
      { get: '/token' },
      { post: '/a', form: [['t', token]], headers: [['X-Token', ['Bearer', token]]] },
      { post: '/b', method: 'PUT', json: { a: ['@0', 1] }, jsonValues: [{ token: '@0', value: token }] },
    ],
    values: { token: { json: 'data.items[0].id' } },
  });
  expect(seen).toEqual([
    ['GET', '/token', undefined, undefined, ''],
    ['POST', '/a', 'Bearer t-1', 'application/x-www-form-urlencoded', 't=t-1'],
    ['PUT', '/b', undefined, 'application/json', '{"a":["t-1",1]}'],
  ]);
});

test('a redirect of a page is followed, with its cookies, and another origin is asked by its own name', async () => {
  const other = await serveHttp((request, response) => response.end(JSON.stringify({ host: request.headers.host })));
  const url = await serveHttp((request, response) => {
    if (request.url === '/') return void response.writeHead(302, { Location: '/in', 'Set-Cookie': 'a=1' }).end();
    response.end(`${request.url} ${request.headers.cookie}`);
  });
  const { values } = await open(url, {
    steps: [{ get: '/' }, { get: `${other}/id` }],
    values: { page: { regex: '^/in.*' }, host: { json: 'host' } },
  });
  expect(Object.fromEntries(values)).toEqual({ page: '/in a=1', host: new URL(other).host });
});

test('a login that is refused for load is sent again when the target says, and no more than twice', async () => {
  const login: SessionOptions = { steps: [{ post: '/', form: [['user', 'ada']] }] };
  const { url, times } = await serveBusy(2, 429, { 'Retry-After': '0' });
  expect((await open(url, login)).visitor.cookies.named('sid')).toBe('abc');
  expect(times).toHaveLength(3);
  const staying = await serveBusy(10, 503, { 'Retry-After': '0' });
  await expect(open(staying.url, login)).rejects.toMatchObject({ code: 'SESSION_FAILED' });
  expect(staying.times).toHaveLength(3);
});

const page = (status: number, body: string) => serveHttp((_, response) => response.writeHead(status).end(body));
const get = { get: '/' };

test.each<[string, () => Promise<string>, SessionOptions, string]>([
  [
    'status',
    () => page(403, '<title>No</title>'),
    {},
    'step 1 (get /): expected a status below 400, but status 403 came from /, titled "No" (request w7-test-1)',
  ],
  [
    'expected status',
    () => page(200, ''),
    { steps: [{ ...get, expect: { status: [302, 303] } }] },
    'expected status 302 or 303, but status 200 came',
  ],
  [
    'expected cookie',
    () => page(200, ''),
    { steps: [{ ...get, expect: { cookie: 'sid' } }] },
    'expected a cookie "sid", but',
  ],
  [
    'expected text',
    () => page(200, ''),
    { steps: [{ ...get, expect: { text: 'Hello' } }] },
    'expected the text "Hello", but',
  ],
  [
    'form',
    () => page(200, '<form id=b>'),
    { steps: [get, { submit: '#a', fill: [] }] },
    'step 2 (submit #a): expected a form #a, but status 200 came from /',
  ],
  ['no page', () => page(200, ''), { steps: [{ submit: '#a', fill: [] }] }, 'expected a form #a, but no page is open'],
  [
    'value of a step',
    () => page(200, ''),
    { steps: [{ ...get, headers: [['A', { session: 'x' }]] }] },
    'expected the value "x", but no answer before it has it',
  ],
  [
    'input',
    () => page(200, '<p>'),
    { values: { t: { input: 'csrf' } } },
    'after the last step: expected an input or meta "csrf" for the value "t", but status 200',
  ],
  ['cookie', () => page(200, ''), { values: { t: { cookie: 'c' } } }, 'a cookie "c" for the value "t"'],
  ['header', () => page(200, ''), { values: { t: { header: 'X-A' } } }, 'a header "X-A" for the value "t"'],
  ['JSON', () => page(200, '{"a":{}}'), { values: { t: { json: 'a.b' } } }, 'a JSON value at "a.b" for the value "t"'],
  [
    'expression',
    () => page(200, ''),
    { values: { t: { regex: 'a(.)' } } },
    'a text that a(.) matches for the value "t"',
  ],
  [
    'answer',
    () => serveRaw((socket) => socket.resetAndDestroy()),
    {},
    'step 1 (get /): expected an answer, but no answer came',
  ],
])('a step without what it needs is one error: %s', async (_, serve, options, reason) => {
  const opening = open(await serve(), options);
  await expect(opening).rejects.toMatchObject({ code: 'SESSION_FAILED', message: expect.stringContaining(reason) });
});

test('a login that shows its form again is not open, and its password is not in the message', async () => {
  const app = await serveLoginApp();
  app.lockAfter(0);
  const at = { file: 'wafproof.config.yaml', line: 9, column: 11 };
  const steps = logIn.map((step) => ({ ...step, at }));
  const opening = open(app.url, { steps });
  await expect(opening).rejects.toThrow(
    /^SESSION_FAILED wafproof.config.yaml:9:11 .*step 2 \(submit form#login\): expected another page than the same form again, but status 200 came from \/login, titled "Log in"/,
  );
  await expect(opening).rejects.not.toThrow(password);
});

test('what a page says of itself cannot tell a secret on, nor steer a terminal', async () => {
  const url = await page(500, `<title>\u001b[2J ${password}</title>`);
  const steps: SessionStep[] = [{ post: '/', form: [['p', { name: 'APP_PASSWORD', value: password }]] }];
  await expect(open(url, { steps })).rejects.toThrow('titled "\\x1b[2J [APP_PASSWORD]"');
});
