import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { wafproof } from './command-line.js';

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
