import { describe, expect, test } from 'vitest';
import { readSent } from '../../../src/pipeline/triage/sent-by-command.js';

const read = (text: string) => readSent(text, import.meta.dirname);

describe('a curl command is read', () => {
  test.each([
    [
      "curl -X PUT -H 'X-A: b c' --data-raw '{\"a\": 1}' 'https://a.example/x?y=1'",
      'PUT',
      '{"a": 1}',
      [['X-A', 'b c']],
    ],
    ['curl -X PUT -H X-A: b c -d {"a": 1} https://a.example/x?y=1', 'PUT', '{"a": 1}', [['X-A', 'b c']]],
    ["curl https://a.example/x?y=1 \\\n  --header 'X-A: b' \\\n  -d a=1 -d b=2", 'POST', 'a=1&b=2', [['X-A', 'b']]],
    [
      "curl -sS -k -o /dev/null -A 'Mozilla/5.0 (X11)' -e https://b.example/ https://a.example/x?y=1",
      'GET',
      undefined,
      [
        ['User-Agent', 'Mozilla/5.0 (X11)'],
        ['Referer', 'https://b.example/'],
      ],
    ],
    [
      "curl -d comment=1' UNION SELECT password FROM users-- - https://a.example/x?y=1",
      'POST',
      "comment=1' UNION SELECT password FROM users-- -",
      [],
    ],
    ["curl --data-urlencode 'a=b c' https://a.example/x?y=1", 'POST', 'a=b+c', []],
    ["curl -G -d 'y=1' https://a.example/x", 'GET', undefined, []],
    ["curl $'https://a.example/x?y=\\x31' -XPOST", 'POST', undefined, []],
    ['cd /tmp && http_proxy= curl -s https://a.example/x?y=1 | jq .', 'GET', undefined, []],
    ['curl.exe ^"https://a.example/x?y=1^" -d ^"a=1^"', 'POST', 'a=1', []],
    ['$ curl -I https://a.example/x?y=1', 'HEAD', undefined, []],
  ])('%s', async (text, method, body, headers) => {
    expect(await read(text)).toMatchObject({
      method,
      url: 'https://a.example/x?y=1',
      headers: expect.arrayContaining(headers),
      ...(body && { body }),
    });
  });

  test('with the proxy and the certificate that it names', async () => {
    expect(await read('curl -x http://proxy:3128 --cert c.pem https://a.example/')).toMatchObject({
      proxy: 'http://proxy:3128',
      hasCertificate: true,
    });
  });
});

test('a request is read as it went out', async () => {
  expect(await read('POST /x HTTP/1.1\r\nHost: a.example\r\nOrigin: null\r\n\r\nb=1')).toMatchObject({
    method: 'POST',
    url: 'http://a.example/x',
    headers: [
      ['Host', 'a.example'],
      ['Origin', 'null'],
    ],
    body: 'b=1',
    bodyBytes: 3,
  });
});

test('what is neither is nothing', async () => {
  expect(await read('hello')).toBeUndefined();
});
