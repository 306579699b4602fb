import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readTraffic } from '../../../../src/waf/modsecurity/logs/read-traffic.js';

/** An entry in the native format, with these parts. */
function entry(id: string, parts: Readonly<Record<string, string>>): string {
  const all = { A: '[02/Jan/2026:10:00:00 +0000] x 127.0.0.1 1 127.0.0.1 2\n', ...parts, Z: '\n' };
  return Object.entries(all)
    .map(([letter, content]) => `${id.replace('X', letter)}\n${content}`)
    .join('');
}

const v2 = '--67c1a803-X--';
const v3 = '---c9GEPbKV---X--';
const head = (length: number | string, more = '') =>
  `POST /a?b=c HTTP/1.1\nHost: h\nContent-Length: ${length}\n${more}\n`;

function read(log: string | Buffer) {
  return [...readTraffic(typeof log === 'string' ? Buffer.from(log, 'latin1') : log)].map((one) =>
    one === undefined
      ? undefined
      : { ...one, ...(one.body !== undefined && { body: Buffer.from(one.body).toString('latin1') }) },
  );
}

describe('the requests of an audit log in the native format', () => {
  test.each([
    ['mod_security2', v2, 'a=1\n'],
    ['libmodsecurity 3', v3, 'a=1\n\n'],
  ])('of %s come byte by byte', (_, id, body) => {
    expect(read(entry(id, { B: head(3, 'X-T: é\n'), C: body, F: 'HTTP/1.1 200 OK\n' }))).toEqual([
      {
        method: 'POST',
        target: '/a?b=c',
        headers: [
          ['Host', 'h'],
          ['Content-Length', '3'],
          ['X-T', '\ufffd'],
        ],
        body: 'a=1',
        line: 1,
      },
    ]);
  });

  test('may have lines in their bodies that look like boundaries, and any bytes', () => {
    const body = 'x\r\n--67c1a804-Z--\n--abc-Z--\n\xff\0\n';
    expect(
      read(entry(v2, { B: head(body.length), C: `${body}\n` }) + entry(v2, { B: head(1), C: 'y\n' })).map(
        (one) => one?.body,
      ),
    ).toEqual([body, 'y']);
  });

  test('tell where a body is not logged', () => {
    const [logged, none] = read(entry(v2, { B: head(3) }) + entry(v2, { B: 'GET / HTTP/1.1\nHost: h\n\n' }));
    expect(logged?.withoutBody).toBe('its body is not in the log: SecAuditLogParts has no C');
    expect([none?.method, none?.body, none?.withoutBody]).toEqual(['GET', undefined, undefined]);
  });

  test('end where the log is cut', () => {
    const cut = entry(v2, { B: head(3), C: 'a=1\n' }).slice(0, -17);
    expect(read(cut)).toEqual([undefined]);
    const hidden = '{"request":{"request_line":"POST /in HTTP/1.1"}}\n';
    const next = entry('--67c1a999-X--', { B: head(2), C: 'b=\n' });
    expect(read(`${cut}${hidden}${next}`).map((one) => one?.body)).toEqual([undefined, 'b=']);
    expect(read(`${entry(v2, { B: head(3) }).slice(0, -17)}${next}`).map((one) => one?.body)).toEqual([
      undefined,
      'b=',
    ]);
    expect(read('{"transaction":{"id":"1"}')).toEqual([undefined]);
    expect(read(entry(v2, { H: 'x\n' }))).toEqual([undefined]);
  });
});

describe('the requests of an audit log in JSON', () => {
  test('come from each engine, with bytes that are not UTF-8', () => {
    const lines = [
      `{"transaction":{},"request":{"request_line":"POST /v2 HTTP/1.1","headers":{"Content-Length":"4"},"body":["a=","\xe9\\u00e9"]}}`,
      `{"transaction":{"request":{"method":"POST","uri":"/v3","headers":{"Content-Length":"2"},"body":"\xc3\xa9"}}}`,
      `{"transaction":{"request":{"method":"POST","uri":"/coraza","headers":{"x-a":["1","2"]},"body":"x"}}}`,
      `{"other":1}`,
      `{`,
    ];
    expect(read(lines.join('\n')).map((one) => `${one?.target} ${one?.body} ${one?.headers.length}`)).toEqual([
      '/v2 a=\xe9\xe9 1',
      '/v3 \xc3\xa9 1',
      '/coraza x 2',
    ]);
  });

  test('tell where a body ends at a NUL', () => {
    const [request] = read(
      `{"request":{"request_line":"POST / HTTP/1.1","headers":{"Content-Length":"9"},"body":["ab"]}}`,
    );
    expect(request).toMatchObject({ withoutBody: expect.stringContaining('ends it at the first NUL') });
  });
});

test('any log is read to its end', () => {
  const piece = fc.oneof(
    fc.constantFrom(
      `${v2.replace('X', 'A')}\n`,
      `${v2.replace('X', 'B')}\n`,
      `${v2.replace('X', 'C')}\n`,
      `${v2.replace('X', 'Z')}\n`,
      `${v3.replace('X', 'A')}\n`,
      'POST / HTTP/1.1\n',
      '{"request":',
      '\n',
    ),
    fc.string({ unit: 'binary', maxLength: 5 }),
  );
  fc.assert(fc.property(fc.array(piece, { maxLength: 30 }), (pieces) => read(pieces.join('')).length >= 0));
});
