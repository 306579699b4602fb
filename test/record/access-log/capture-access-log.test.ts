import { gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { captureAccessLog } from '../../../src/record/access-log/capture-access-log.js';
import { bodies, captureFile } from '../har/archive.js';

const read = (content: string | Uint8Array) => captureFile(captureAccessLog, content, 'access.log');

test.each<[string, string, string]>([
  [
    'nginx',
    '192.0.2.1 - ann [02/Jan/2026:10:00:01 +0000] "GET /s?q=a%20b&x=\\x22\\xC3\\xA9 HTTP/2.0" 200 5 "-" "curl/8"',
    'GET /s?q=a%20b&x="é',
  ],
  [
    'Apache with virtual hosts',
    'h.test:443 192.0.2.1 - - [02/Jan/2026:10:00:00 +0000] "GET /c?s=\\"1\\" HTTP/1.1" 200 5 "-" "Mozilla/5.0 \\"q\\""',
    'GET /c?s="1"',
  ],
  [
    'an AWS load balancer',
    'https 2026-01-02T10:00:00.1Z app/lb/5 192.0.2.1:2 10.0.0.1:80 0 0 0 200 200 3 3 "GET https://h.test:443/n?x=1 HTTP/2.0" "Mozilla/5.0" A TLSv1.2 -',
    'GET https://h.test:443/n?x=1',
  ],
  [
    'HAProxy',
    'Jan  2 10:00:00 lb haproxy[1]: 192.0.2.1:1 [x] f b/s 0/0/0/1/1 200 1 - - ---- 1/1/0/0/0 0/0 "GET /h?a=b HTTP/1.1"',
    'GET /h?a=b',
  ],
  ['JSON of nginx', '{"request_method":"GET","request_uri":"/j?x=%22","http_user_agent":"x"}', 'GET /j?x=%22'],
  ['JSON with other escapes', '{"request":"GET /j?x=\\x22 HTTP/1.1"}', 'GET /j?x="'],
  ['Caddy', '{"level":"info","request":{"method":"GET","uri":"/c?a=1","headers":{}}}', 'GET /c?a=1'],
  ['Traefik', '{"RequestMethod":"GET","RequestPath":"/t?a=1"}', 'GET /t?a=1'],
  [
    'IIS',
    '#Software: IIS\n#Fields: date time cs-method cs-uri-stem cs-uri-query sc-status cs(User-Agent)\n2026-01-02 10:00:00 GET /i a=1&b=2 200 Mozilla/5.0+(x)',
    'GET /i?a=1&b=2',
  ],
  [
    'CloudFront',
    '#Version: 1.0\n#Fields: date cs-method cs(Host) cs-uri-stem cs-uri-query\n2026-01-02\tGET\th\t/f\tx=%2520',
    'GET /f?x=%2520',
  ],
  ['Cloudflare', '{"ClientRequestMethod":"GET","ClientRequestURI":"/c?a=1","ClientRequestHost":"h"}', 'GET /c?a=1'],
  [
    "Google's load balancer",
    '{"httpRequest":{"requestMethod":"GET","requestUrl":"https://h.test/g?a=1","userAgent":"x"}}',
    'GET https://h.test/g?a=1',
  ],
  [
    'the Application Gateway of Azure',
    '{"properties":{"httpMethod":"GET","requestUri":"/z","requestQuery":"a=1","userAgent":"x"}}',
    'GET /z?a=1',
  ],
  ['AWS WAF', '{"httpRequest":{"httpMethod":"GET","uri":"/w","args":"a=%27"}}', 'GET /w?a=%27'],
])('the log of %s', async (_, content, expected) => {
  const { requests } = await read(content);
  expect(requests.map(({ method, url }) => `${method} ${url}`)).toEqual([expected]);
});

test('what has no query or lost its body is left out, and so is what is no request', async () => {
  const { requests, leftOut } = await read(`1 - - [x] "GET / HTTP/1.1" 200 1
1 - - [x] "POST /a?b=c HTTP/1.1" 200 1
1 - - [x] "\\x16\\x03\\x01" 400 1
1 - - [x] "" 400 0

1 - - [x] "GET h.test:443?x HTTP/1.1" 400 0
`);
  expect(requests).toEqual([]);
  expect(leftOut).toEqual([
    { name: 'line 1', reason: 'it has no query' },
    { name: 'line 2', reason: 'its body is not in an access log (POST)' },
    { name: 'line 3', reason: 'no request in a line' },
    { name: 'line 4', reason: 'no request in a line' },
    { name: 'line 6', reason: 'no request in a line' },
  ]);
});

test.each([
  ['cs(User-Agent)', 'Mozilla/5.0+(x)', 'Mozilla/5.0 (x)'],
  ['cs(User-Agent)', 'Mozilla/5.0%20(x;%20y)', 'Mozilla/5.0 (x; y)'],
  ['cs(User-Agent)', 'Mozilla/5.0%2520(x%253B%2520y)', 'Mozilla/5.0 (x; y)'],
])('spaces of a User-Agent are written as %s: %s', async (column, agent, expected) => {
  const { requests } = await read(`#Fields: cs-method cs-uri-stem cs-uri-query ${column}\nGET /a b=1 ${agent}\n`);
  expect(requests[0]?.headers).toEqual([['User-Agent', expected]]);
});

test('a body that a log has comes with its type', async () => {
  const source = await read(
    '{"request_method":"POST","request_uri":"/a","request_body":"a=\\u0022\\u00e9","content_type":"application/x-www-form-urlencoded"}\n',
  );
  expect(source.requests[0]?.headers).toEqual([['Content-Type', 'application/x-www-form-urlencoded']]);
  expect(bodies(source, 'latin1')).toEqual(['a="\xe9']);
});

test('a packed log is unpacked, within bounds', async () => {
  expect((await read(gzipSync('1 - - [x] "GET /?a HTTP/1.1" 200 1'))).requests).toHaveLength(1);
  await expect(read(gzipSync(Buffer.alloc(201 * 1024 * 1024)))).rejects.toMatchObject({
    problems: [{ code: 'IMPORT_UNREADABLE' }],
  });
});
