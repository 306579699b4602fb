import { once } from 'node:events';
import type { IncomingMessage, RequestListener } from 'node:http';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import type { SessionOptions, SessionStep } from '../../../src/model/session-options.js';
import { serveHttp } from '../loopback.js';
import { open } from './site.js';

const secret = { name: 'APP_PASSWORD', value: 'Sesame-open-7741' };
const form =
  '<title>Log in</title><form id=login method=post action=/in><input name=csrf value=t-77412><input name=user></form>';
const csrf: SessionOptions = { values: { csrf: { input: 'csrf' } } };
const logIn: readonly SessionStep[] = [{ get: '/' }, { submit: '#login', fill: [['password', secret]] }];

const page = (body: string | Buffer, headers: Record<string, string> = {}) =>
  serveHttp((_, response) => void response.writeHead(200, headers).end(body));

/** What a request had in it that opens anything. */
async function told(request: IncomingMessage): Promise<string> {
  let body = '';
  for await (const chunk of request) body += chunk;
  return `${request.method} ${request.url} ${request.headers.authorization ?? ''} ${request.headers.cookie ?? ''} ${body}`;
}

/** Another site, and all that it is told. `localhost` and `127.0.0.1` are two to a browser. */
async function serveStranger(answer: RequestListener = (_, response) => void response.end(form)) {
  const heard: string[] = [];
  const url = await serveHttp(async (request, response) => {
    heard.push(await told(request));
    answer(request, response);
  });
  return { heard, url: url.replace('127.0.0.1', 'localhost') };
}

test('of a page of 100 MB the start is looked at, and the message says so', async () => {
  let sent = 0;
  const url = await serveHttp(async (_, response) => {
    response.on('error', () => {});
    for (let piece = 0; piece < 1600 && !response.destroyed; piece++) {
      sent += 65_536;
      if (!response.write('x'.repeat(65_536))) await Promise.race([once(response, 'drain'), once(response, 'close')]);
    }
    response.end(form);
  });
  await expect(open(url, csrf)).rejects.toThrow(
    /expected an input or meta "csrf" .* but status 200 came from \/ \(request .*\); only the start of its body was looked at, at most 4 MiB$/,
  );
  expect(sent).toBeLessThan(50_000_000);
});

test('a page that never ends is one that is looked at when the time is over', async () => {
  const url = await serveHttp((_, response) => {
    response.write(form);
    const more = setInterval(() => response.write('<p>'), 50);
    response.on('close', () => clearInterval(more));
  });
  const { values } = await open(url, csrf, { timeoutMs: 1500 });
  expect(values.get('csrf')).toBe('t-77412');
  const missing = open(url, { values: { x: { input: 'x' } } }, { timeoutMs: 1500 });
  await expect(missing).rejects.toThrow(/only the start of its body was looked at/);
});

test.each([
  ['gzip', gzipSync],
  ['br', brotliCompressSync],
])('of a page that becomes gigabytes the start is looked at: %s', async (encoding, compress) => {
  const bomb = compress(Buffer.concat([Buffer.from(form), Buffer.alloc(150_000_000)]));
  const { values } = await open(await page(bomb, { 'Content-Encoding': encoding }), csrf);
  expect(values.get('csrf')).toBe('t-77412');
});

test.each([
  ['levels', '<div>'.repeat(100_000)],
  ['formatting that is opened again in each paragraph', `<p>${'<b><i>'.repeat(2000)}${'<p>x'.repeat(20_000)}`],
  [
    'formatting of many kinds',
    `<p>${Array.from({ length: 3000 }, (_, id) => `<b id=${id}>`).join('')}${'<p>x'.repeat(30_000)}`,
  ],
  ['choices', '<form id=other><select name=a><option>x</select></form>'.repeat(40_000)],
  ['fields of other forms', '<input name=a form=other>'.repeat(100_000)],
  ['forms', '<form method=post><input name=a></form>'.repeat(60_000)],
  ['legends', `<fieldset disabled>${'<legend><input name=a form=login></legend>'.repeat(40_000)}</fieldset>`],
])('a page with many %s is read in bounded time and memory', async (_, many) => {
  const url = await serveHttp((request, response) => {
    response.setHeader('Connection', 'close').end(request.url === '/in' ? '' : `${form}${many}`);
  });
  await open(url, { steps: [{ get: '/' }, { submit: '#login', fill: [] }], ...csrf });
});

test.each<[string, SessionOptions]>([
  ['with nothing else to find', {}],
  ['with a value to find', csrf],
  ['with a form to find', { steps: logIn }],
])('redirects without an end are one error: %s', async (_, options) => {
  let asked = 0;
  const url = await serveHttp((_, response) => {
    asked++;
    response.writeHead(302, { Location: `/next?${asked}` }).end();
  });
  await expect(open(url, options)).rejects.toThrow(
    /expected an answer, but no answer came from \/next: redirects without an end: 20 were followed, the last one to \/next$/,
  );
  expect(asked).toBe(21);
});

test('a redirect leads to another site as a wish for a page, without cookies and headers', async () => {
  const stranger = await serveStranger();
  const url = await serveHttp((_, response) =>
    response.writeHead(302, { Location: `${stranger.url}/x`, 'Set-Cookie': 'sid=cookie-77412' }).end(),
  );
  await open(url, { steps: [{ get: '/', headers: [['Authorization', secret]] }] });
  expect(stranger.heard).toEqual(['GET /x   ']);
});

test.each<[string, (stranger: string) => RequestListener]>([
  ['by a redirect to its page', (to) => (_, response) => void response.writeHead(302, { Location: `${to}/x` }).end()],
  ['by an action', (to) => (_, response) => void response.end(form.replace('/in', `${to}/steal`))],
  ['by a query', (to) => (_, response) => void response.end(form.replace('/in', `${to}/steal`).replace('post', 'get'))],
  [
    'by its button',
    (to) => (_, response) =>
      void response.end(form.replace('</form>', `<button formaction="${to}/steal">Go</button></form>`)),
  ],
  ['by its base', (to) => (_, response) => void response.end(`<base href="${to}/">${form}`)],
  [
    'by a redirect that keeps the body',
    (to) => (request, response) =>
      void (request.method === 'POST'
        ? response.writeHead(307, { Location: `${to}/steal` }).end()
        : response.end(form)),
  ],
])('what is filled in does not leave for another site %s', async (_, answer) => {
  const stranger = await serveStranger();
  const url = await serveHttp(answer(stranger.url));
  const opening = open(url, { steps: [...logIn, { submit: '#login', fill: [] }] });
  await expect(opening).rejects.toThrow(
    `it would go to ${stranger.url}, which is no origin of the session: name that in its "origins" if it is to get what the session is opened with`,
  );
  expect(stranger.heard.join()).not.toMatch(/Sesame|77412/);
});

test.each<[string, (stranger: string) => Partial<SessionOptions>]>([
  ['origins', (stranger) => ({ origins: [stranger] })],
  ['a step', (stranger) => ({ steps: [{ get: `${stranger}/login` }, ...logIn.slice(1)] })],
])('what is named as an origin by %s gets it', async (_, own) => {
  const stranger = await serveStranger();
  const url = await serveHttp((_, response) => void response.writeHead(302, { Location: `${stranger.url}/x` }).end());
  await open(url, { steps: logIn, ...own(stranger.url) });
  expect(stranger.heard.at(-1)).toContain('password=Sesame-open-7741');
});

test('a POST that is redirected with its body is sent there again, within the site', async () => {
  const heard: string[] = [];
  const url = await serveHttp(async (request, response) => {
    heard.push(await told(request));
    if (request.url === '/in') response.writeHead(308, { Location: '/in/' }).end();
    else response.end(request.method === 'POST' ? 'welcome' : form);
  });
  await open(url, { steps: [{ get: '/' }, { ...logIn[1], expect: { text: 'welcome' } } as SessionStep] });
  expect(heard.slice(1).map((line) => line.replace(/ +/g, ' '))).toEqual([
    'POST /in csrf=t-77412&user=&password=Sesame-open-7741',
    'POST /in/ csrf=t-77412&user=&password=Sesame-open-7741',
  ]);
});

test('headers of a step stay with its site when it is redirected', async () => {
  const heard: string[] = [];
  const url = await serveHttp(async (request, response) => {
    heard.push(await told(request));
    if (request.url === '/') response.writeHead(301, { Location: '/there' }).end();
    else response.end();
  });
  await open(url, { steps: [{ get: '/', headers: [['Authorization', secret]] }] });
  expect(heard[1]).toContain('GET /there Sesame-open-7741');
});

test('a value with a line break in it is in no header, and not in the message', async () => {
  const heard: string[] = [];
  const url = await serveHttp((request, response) => {
    heard.push(`${request.url} ${request.headers['x-evil'] ?? ''}`);
    response.end('<input name=csrf value="token-77412&#13;&#10;X-Evil: 1">');
  });
  const steps: readonly SessionStep[] = [{ get: '/' }, { get: '/two', headers: [['X-Token', { session: 'csrf' }]] }];
  const opening = open(url, { ...csrf, steps });
  await expect(opening).rejects.toThrow(
    'step 2 (get /two): expected a text that a header can hold for X-Token, but the value has a control character in it',
  );
  await expect(opening).rejects.not.toThrow('77412');
  expect(heard).toEqual(['/ ']);
});

test.each([
  ['a token', '<input name=csrf value=token-77412>', 'bad token token-77412'],
  ['a secret that the title cuts', '', `${'y'.repeat(104)} Sesame-open-7741 and more`],
  ['a secret in an address', '', ''],
])('what opens the session is not in a message: %s', async (_, first, title) => {
  const url = await serveHttp((request, response) => {
    if (request.url === '/') response.end(first);
    else if (title === '') response.writeHead(302, { Location: '/is/Sesame-open-7741/wrong?p=Sesame-open-7741' }).end();
    else response.writeHead(500).end(`<title>${title}</title>`);
  });
  const two: SessionStep = { get: '/two', headers: [['Authorization', secret]], expect: { status: 204 } };
  const values = first === '' ? {} : { csrf: { input: 'csrf' } };
  const error: unknown = await open(url, { values, steps: [{ get: '/' }, two] }).catch((caught: unknown) => caught);
  expect(error).toMatchObject({ code: 'SESSION_FAILED' });
  expect(String((error as Error).message)).not.toMatch(/77412|Sesame/);
});

test('a cookie for another host, or for all of a public suffix, is not kept', async () => {
  const url = await serveHttp((_, response) => {
    response.setHeader('Set-Cookie', [
      'own=1',
      'below=2; Domain=127.0.0.1',
      'other=3; Domain=evil.example',
      'all=4; Domain=com',
    ]);
    response.end();
  });
  const { visitor } = await open(url, {});
  expect(visitor.cookies.of(`${url}/`)).toEqual([
    ['own', '1'],
    ['below', '2'],
  ]);
});

test('a cookie that is only kept over TLS is told of where a step waits for it', async () => {
  const url = await page('', { 'Set-Cookie': 'sid=1; Domain=evil.example' });
  await expect(open(url, { steps: [{ get: '/', expect: { cookie: 'sid' } }] })).rejects.toThrow(
    'expected a cookie "sid" that is kept (it came for another host, or with Secure over http), but',
  );
});
