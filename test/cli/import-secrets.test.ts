import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { wafproof } from './command-line.js';
import { type SecretPlace, secretPlaces, secrets as secretsOf } from './secret-places.js';

/** A password, a cookie, a bearer token, a key in a query, a key in a header, and one that an answer set. */
const secrets = [
  'hunter2-Zx9!',
  's3ss10n-c00k1e-v4lue',
  'eyJhbGciOiJIUzI1NiJ9.e30.s1gn4ture',
  'sk_live_51H8xQ',
  'k3y-0f-the-4pi',
  'fr3sh-s3t-c00kie',
];
const [password = '', cookie = '', bearer = '', queryKey = '', headerKey = '', setCookie = ''] = secrets;

const harHeaders = [
  { name: 'Authorization', value: `Bearer ${bearer}` },
  { name: 'Cookie', value: `sid=${cookie}` },
  { name: 'X-Api-Key', value: headerKey },
  { name: 'Referer', value: `https://shop.test/?access_token=${bearer}` },
];
const entry = (text: string, mimeType: string) => ({
  request: {
    method: 'POST',
    url: `https://shop.test/a?api_key=${queryKey}&q=1`,
    headers: [...harHeaders, { name: 'Content-Type', value: mimeType }],
    bodySize: -1,
    postData: { mimeType, text },
  },
  response: { status: 200, headers: [{ name: 'Set-Cookie', value: `sid=${setCookie}; Path=/` }], content: {} },
});
const form = `user=ann&password=${encodeURIComponent(password)}`;
const json = JSON.stringify({ user: { password, note: 'x', tokens: { refresh_token: bearer } } }, null, 2);
const parts = `--b\r\nContent-Disposition: form-data; name="pass"\r\n\r\n${password}\r\n--b--\r\n`;

const files: Readonly<Record<string, string>> = {
  'a.har': JSON.stringify({
    log: {
      entries: [
        entry(form, 'application/x-www-form-urlencoded'),
        entry(json, 'application/json'),
        entry(parts, 'multipart/form-data; boundary=b'),
        entry(`<login><password>${password}</password></login>`, 'text/xml'),
        entry(`again: ${cookie}`, 'text/plain'),
        entry(`{"next": "${setCookie}"}`, 'application/json'),
      ],
    },
  }),
  'c.txt': `curl 'https://shop.test/a?api_key=${queryKey}' -u 'ann:${password}' -b 'sid=${cookie}' -H 'X-Api-Key: ${headerKey}' -d '${form}'
curl https://shop.test/b --oauth2-bearer ${bearer} -H 'Content-Type: application/json' -d '${JSON.stringify({ password })}'
curl https://shop.test/c -F 'password=${password}' -F 'x=@c.txt'
`,
  'p.json': JSON.stringify({
    item: [
      {
        name: 'r',
        request: {
          method: 'POST',
          url: `https://shop.test/a?api_key=${queryKey}`,
          header: [{ key: 'X-Api-Key', value: headerKey }],
          body: { mode: 'raw', raw: json, options: { raw: { language: 'json' } } },
          auth: { type: 'bearer', bearer: [{ key: 'token', value: bearer }] },
        },
      },
    ],
  }),
  'h.http': `POST https://shop.test/a?api_key=${queryKey}\nAuthorization: Bearer ${bearer}\nCookie: sid=${cookie}\nContent-Type: application/json\n\n${json}\n`,
  'i.yaml': JSON.stringify({
    type: 'collection.insomnia.rest/5.0',
    collection: [
      {
        name: 'r',
        url: 'https://shop.test/a',
        method: 'POST',
        authentication: { type: 'bearer', token: bearer },
        body: { mimeType: 'application/x-www-form-urlencoded', params: [{ name: 'password', value: password }] },
      },
    ],
  }),
  'l.log': `192.0.2.1 - - [x] "GET /a?api_key=${queryKey}&q=1 HTTP/1.1" 200 1 "-" "x"\n`,
  'm.log': `--67c1a803-A--\n[29/Nov/2026:22:27:18.431062 +0000] id 127.0.0.1 1 127.0.0.1 2\n--67c1a803-B--\nPOST /a HTTP/1.1\nCookie: sid=${cookie}\nAuthorization: Bearer ${bearer}\nContent-Length: ${form.length}\nContent-Type: application/x-www-form-urlencoded\n\n--67c1a803-C--\n${form}\n--67c1a803-Z--\n\n`,
};

/** All that was written below a folder. */
async function writtenIn(folder: string): Promise<string> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const texts = await Promise.all(
    entries.filter((one) => one.isFile()).map((one) => readFile(join(one.parentPath, one.name), 'latin1')),
  );
  return texts.join('\n');
}

/** As they are, and as bodies may spell them. */
function spellings(secret: string): readonly string[] {
  const base64 = [0, 1, 2].map((shift) =>
    Buffer.from(`${'x'.repeat(shift)}${secret}`)
      .toString('base64')
      .slice(shift === 0 ? 0 : 4, -4),
  );
  return [secret, encodeURIComponent(secret), new URLSearchParams({ s: secret }).toString().slice(2), ...base64];
}

describe('no secret that was recorded is in a file', () => {
  test.each([
    ['har', 'a.har'],
    ['curl', 'c.txt'],
    ['postman', 'p.json'],
    ['http', 'h.http'],
    ['insomnia', 'i.yaml'],
    ['access-log', 'l.log'],
    ['audit-log', 'm.log'],
  ])('of %s', async (format, file) => {
    const { code, stdout, folder } = await wafproof(['import', format, file, '--out', 'out'], { files });
    expect(code).toBe(0);
    const written = `${await writtenIn(join(folder, 'out'))}\n${stdout}`;
    expect(written).toContain('!env ');
    for (const secret of secrets) for (const spelled of spellings(secret)) expect(written).not.toContain(spelled);
  });
});

const har = ({ title, method, url, headers, body }: SecretPlace) => ({
  comment: title,
  request: {
    method,
    url,
    headers: headers.map(([name, value]) => ({ name, value })),
    bodySize: body.length,
    postData: { mimeType: headers[0]?.[1] ?? '', text: body },
  },
  response: { status: 200, headers: [], content: {} },
});

const quoted = (text: string) => `'${text.replaceAll("'", "'\\''")}'`;

const postmanItem = ({ title, method, url, headers, body }: SecretPlace) => ({
  name: title,
  request: {
    method,
    url,
    header: headers.map(([key, value]) => ({ key, value })),
    body: { mode: 'raw', raw: body },
  },
});

const insomniaItem = ({ title, method, url, headers, body }: SecretPlace) => ({
  name: title,
  url,
  method,
  headers: headers.map(([name, value]) => ({ name, value })),
  body: { mimeType: headers[0]?.[1] ?? '', text: body },
});

const audited = ({ method, url, headers, body }: SecretPlace, i: number) => {
  const { pathname, search } = new URL(url);
  const lines = [...headers, ['Content-Length', `${body.length}`]]
    .map(([name, value]) => `${name}: ${value}\n`)
    .join('');
  const id = `67c1a8${(i + 16).toString(16)}`;
  return `--${id}-A--\n[29/Nov/2026:22:27:18.431062 +0000] id${i} 127.0.0.1 1 127.0.0.1 2\n--${id}-B--\n${method} ${pathname}${search} HTTP/1.1\n${lines}\n--${id}-C--\n${body}\n--${id}-Z--\n\n`;
};

const sources: Readonly<Record<string, string>> = {
  har: JSON.stringify({ log: { pages: [{ title: 'https://shop.test/' }], entries: secretPlaces.map(har) } }),
  curl: secretPlaces
    .map(({ method, url, headers, body }) =>
      [
        'curl',
        '-X',
        method,
        quoted(url),
        ...headers.flatMap((pair) => ['-H', quoted(pair.join(': '))]),
        '--data-raw',
        quoted(body),
      ].join(' '),
    )
    .join('\n'),
  fetch: secretPlaces
    .map(
      ({ method, url, headers, body }) =>
        `fetch(${JSON.stringify(url)}, ${JSON.stringify({ method, headers: Object.fromEntries(headers), body })});`,
    )
    .join('\n'),
  postman: JSON.stringify({ item: secretPlaces.map(postmanItem) }),
  insomnia: JSON.stringify({ type: 'collection.insomnia.rest/5.0', collection: secretPlaces.map(insomniaItem) }),
  http: secretPlaces
    .map(
      ({ title, method, url, headers, body }) =>
        `### ${title}\n${method} ${url}\n${headers.map((pair) => pair.join(': ')).join('\n')}\n\n${body}\n`,
    )
    .join('\n'),
  'audit-log': secretPlaces.map(audited).join(''),
  'access-log': secretPlaces
    .map(
      ({ url, title }) =>
        `192.0.2.1 - - [x] "GET ${url.slice('https://shop.test'.length)} HTTP/1.1" 200 1 "${url}" "${title}"\n`,
    )
    .join(''),
  openapi: JSON.stringify({
    openapi: '3.0.0',
    servers: [{ url: 'https://shop.test' }],
    paths: {
      [`/v1/${secretsOf.pathKey}/charges`]: { post: { summary: secretsOf.titled, responses: {} } },
      '/tokens': {
        post: {
          summary: 'welcome',
          parameters: [{ in: 'header', name: 'apikey', example: secretsOf.headerKey, schema: { type: 'string' } }],
          requestBody: {
            content: {
              'application/json': {
                example: { id_token: secretsOf.identity, access_token: secretsOf.access, key: secretsOf.pathKey },
              },
            },
          },
          responses: {},
        },
      },
    },
  }),
};

describe('no secret is in a file, wherever it stands', () => {
  test.each(Object.entries(sources))('of %s', async (name, source) => {
    const format = name === 'fetch' ? 'curl' : name;
    const file = `s.${name === 'openapi' ? 'json' : 'txt'}`;
    const { code, stdout, stderr, folder } = await wafproof(['import', format, file, '--out', 'out'], {
      files: { [file]: source },
    });
    expect(code, stderr).toBe(0);
    const suites = await writtenIn(join(folder, 'out'));
    if (name !== 'access-log') expect(suites).toContain('welcome');
    const written = `${suites}\n${stdout}\n${stderr}`;
    const found = Object.entries(secretsOf).filter(([, secret]) =>
      spellings(secret).some((one) => written.includes(one)),
    );
    expect(found).toEqual([]);
  });
});

test('names and paths do not break out of the suite', async () => {
  const evil = [
    'a: !env HOME',
    '"\n  - id: evil\n    path: /evil\n',
    '!each wafproof:attacks/sqli',
    '- x',
    "'",
    '{{x}}',
    '#',
    '__proto__',
    '*a',
    '&a',
    '%TAG',
    '? x',
    '\u0085\u2028\ud800',
  ];
  const body = new URLSearchParams(evil.map((text): [string, string] => [text, text])).toString();
  const har = JSON.stringify({
    log: {
      entries: evil.map((text, i) => ({
        comment: text,
        request: {
          method: 'POST',
          url: `https://shop.test/${encodeURIComponent(text.toWellFormed())}/${i}?${text.replace(/[\n\s]/g, '')}`,
          headers: [
            { name: 'Content-Type', value: 'application/x-www-form-urlencoded' },
            { name: 'X-T', value: text.replace(/[\r\n]/g, '') },
          ],
          bodySize: body.length,
          postData: { mimeType: 'application/x-www-form-urlencoded', text: body },
        },
        response: {},
      })),
    },
  });
  const imported = await wafproof(['import', 'har', 'e.har', '--out', 'out'], { files: { 'e.har': har } });
  expect(imported.code).toBe(0);
  const suite = await readFile(join(imported.folder, 'out/e.yaml'), 'utf8');
  const { code, stdout, stderr } = await wafproof(['list', 'e.yaml', '--json'], { files: { 'e.yaml': suite } });
  expect([code, stderr]).toEqual([0, '']);
  const wires = stdout
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line).wire);
  expect(wires).toHaveLength(evil.length);
  for (const wire of wires) expect(Buffer.from(wire.bodyBase64, 'base64').toString()).toBe(body);
});
