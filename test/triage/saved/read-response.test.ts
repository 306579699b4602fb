import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readResponse } from '../../../src/triage/saved/read-response.js';
import { isTranscript, readTranscript } from '../../../src/triage/saved/read-transcript.js';

describe('an answer is read', () => {
  test.each([
    ['with line feeds alone', 'HTTP/1.1 403 Forbidden\nServer: a\n\nbody', 'body'],
    ['with carriage returns', 'HTTP/1.1 403 Forbidden\r\nServer: a\r\n\r\nbody', 'body'],
    ['of HTTP/2, without a phrase', 'HTTP/2 403\nserver: a\n\nbody', 'body'],
    ['after 100 Continue', 'HTTP/1.1 100 Continue\n\nHTTP/1.1 403 Forbidden\nServer: a\n\nbody', 'body'],
    ['after a tunnel', 'HTTP/1.1 200 Connection established\n\nHTTP/2 403\nserver: a\n\nbody', 'body'],
    ['after a redirect', 'HTTP/1.1 301 Moved\nLocation: /x\n\nHTTP/1.1 403 Forbidden\nserver: a\n\nbody', 'body'],
    ['in chunks', 'HTTP/1.1 403 F\nserver: a\nTransfer-Encoding: chunked\n\n2\r\nbo\r\n2\r\ndy\r\n0\r\n\r\n', 'body'],
    ['with a stale header of chunks', 'HTTP/1.1 403 F\nserver: a\nTransfer-Encoding: chunked\n\nbody', 'body'],
    ['that ends with its head', 'HTTP/1.1 403 Forbidden\nserver: a\n', ''],
  ])('%s', (_, text, bodyExcerpt) => {
    const { outcome } = readResponse(text);
    expect(outcome).toMatchObject({ kind: 'answered', status: 403, bodyExcerpt });
    expect(outcome).toHaveProperty(['headers', 0, 1], 'a');
  });

  test('beside what curl says of it', () => {
    const read = readResponse('curl: (56) CONNECT tunnel failed, response 403\nHTTP/1.1 403 Forbidden\nVia: a\n\n');
    expect(read).toMatchObject({ outcome: { status: 403 }, clientSays: expect.stringContaining('(56)') });
  });

  test.each(['curl: (52) Empty reply from server\n', 'Error: connect ECONNREFUSED 127.0.0.1:1', 'socket hang up', ''])(
    'as a failure where there is none: %s',
    (text) => {
      expect(readResponse(text).outcome).toMatchObject({ kind: 'failed' });
    },
  );

  test('without its head, where only the body was kept', () => {
    expect(readResponse('{"message":"Forbidden"}').outcome).toMatchObject({
      status: 0,
      bodyExcerpt: '{"message":"Forbidden"}',
    });
  });

  test('whatever bytes it is made of', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (text) => readResponse(text).outcome !== undefined),
    );
  });
});

describe('what curl -v prints is read', () => {
  const transcript = `* Trying 127.0.0.1:443...
* Connected to staging.example (127.0.0.1) port 443
> POST /api/notes HTTP/2
> Host: staging.example
> content-length: 5
>
* We are completely uploaded and fine
< HTTP/2 403
< server: cloudflare
< cf-mitigated: challenge
<
{ [5 bytes data]
<html>no</html>
* Connection #0 to host staging.example left intact
`;

  test('to the request, the answer and its body', () => {
    expect(isTranscript(transcript)).toBe(true);
    expect(readTranscript(transcript)).toMatchObject({
      sent: { method: 'POST', url: 'http://staging.example/api/notes' },
      outcome: {
        status: 403,
        headers: [
          ['server', 'cloudflare'],
          ['cf-mitigated', 'challenge'],
        ],
        bodyExcerpt: '<html>no</html>\n',
      },
    });
  });

  test('of several exchanges the last one', () => {
    const redirected = `> POST /a HTTP/1.1\n> Host: a\n>\n< HTTP/1.1 302 Found\n< Location: /b\n<\n> GET /b HTTP/1.1\n> Host: a\n>\n< HTTP/1.1 403 Forbidden\n<\nno\n`;
    expect(readTranscript(redirected)).toMatchObject({
      sent: { method: 'GET', url: 'http://a/b' },
      outcome: { status: 403 },
    });
  });

  test("with curl's own error where there was no answer", () => {
    const dropped = '> GET / HTTP/1.1\n> Host: a\n>\n* Empty reply from server\ncurl: (52) Empty reply from server\n';
    expect(readTranscript(dropped)).toMatchObject({
      outcome: { kind: 'failed', message: expect.stringContaining('(52)') },
    });
  });

  test('and no page with arrows in it is taken for one', () => {
    expect(isTranscript('HTTP/1.1 403 Forbidden\n\n<pre>\n< a\n> b\n</pre>')).toBe(false);
  });
});
