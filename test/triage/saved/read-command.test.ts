import { describe, expect, test } from 'vitest';
import { readCommand } from '../../../src/triage/saved/read-command.js';
import { readHar } from '../../../src/triage/saved/read-har.js';

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
    ['$ curl -I https://a.example/x?y=1', 'HEAD', undefined, []],
  ])('%s', (text, method, body, headers) => {
    expect(readCommand(text)).toMatchObject({ method, url: 'https://a.example/x?y=1', headers, ...(body && { body }) });
  });

  test('with the proxy and the certificate that it names', () => {
    expect(readCommand('curl -x http://proxy:3128 --cert c.pem https://a.example/')).toMatchObject({
      proxy: 'http://proxy:3128',
      hasCertificate: true,
    });
  });
});

test('a request is read as it went out', () => {
  expect(readCommand('POST /x HTTP/1.1\r\nHost: a.example\r\nOrigin: null\r\n\r\nb=1')).toMatchObject({
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

test('what is neither is nothing', () => {
  expect(readCommand('hello')).toBeUndefined();
});

describe('an entry of a HAR file', () => {
  const entry = (status: number, more: object = {}) => ({
    request: {
      method: 'POST',
      url: 'https://a.example/x',
      headers: [{ name: 'Origin', value: 'null' }],
      postData: { text: 'b=1' },
    },
    response: {
      status,
      statusText: 'Forbidden',
      headers: [{ name: 'Server', value: 'nginx' }],
      content: { text: 'no' },
      ...more,
    },
  });
  const har = (...entries: object[]) => JSON.stringify({ log: { entries } });

  test('is taken by its number, or because it alone was refused', () => {
    const read = readHar(har(entry(200), entry(403)), undefined);
    expect(read).toMatchObject({
      material: { sent: { body: 'b=1' }, outcome: { status: 403, phrase: 'Forbidden', bodyExcerpt: 'no' } },
    });
    expect(readHar(har(entry(200), entry(403)), 1)).toMatchObject({ material: { outcome: { status: 200 } } });
  });

  test('is decoded, and tells what the browser says where there was no answer', () => {
    const packed = { content: { text: Buffer.from('no way').toString('base64'), encoding: 'base64' } };
    expect(readHar(har(entry(403, packed)), 1)).toMatchObject({ material: { outcome: { bodyExcerpt: 'no way' } } });
    expect(readHar(har(entry(0, { _error: 'net::ERR_BLOCKED_BY_CLIENT' })), 1)).toMatchObject({
      material: { outcome: { kind: 'failed', message: 'net::ERR_BLOCKED_BY_CLIENT' } },
    });
  });

  test('is missing, with the reason', () => {
    expect(readHar(har(entry(403), entry(403)), undefined)).toMatchObject({
      reason: expect.stringContaining('FILE#n'),
    });
    expect(readHar(har(entry(403)), 2)).toMatchObject({ reason: expect.stringContaining('none with the number 2') });
    expect(readHar('no', 1)).toMatchObject({ reason: expect.stringContaining('no HAR file') });
  });
});
