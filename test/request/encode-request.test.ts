import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Pair, Part, RequestBody } from '../../src/model/request.js';
import { bodyOf, encode, headersOf } from '../model/request-spec.js';

const utf8 = (text: string) => Buffer.from(text).toString('latin1');
const pairs = fc.array(fc.tuple(fc.string({ unit: 'binary' }), fc.string({ unit: 'binary' })));
const oneLine = fc.string({ unit: 'binary' }).map((text) => text.replaceAll(/[\r\n]/g, ''));

describe('a form', () => {
  test('is written as browsers write it', () => {
    const fields: Pair[] = [
      ['a b', "1' OR '1'='1"],
      ['é', '100 % & more = ~*'],
      ['empty', ''],
      ['a b', 'twice\r\nof two lines'],
    ];
    expect(bodyOf({ kind: 'form', fields })).toBe(
      'a+b=1%27+OR+%271%27%3D%271&%C3%A9=100+%25+%26+more+%3D+%7E*&empty=&a+b=twice%0D%0Aof+two+lines',
    );
  });

  test('is what fetch sends, whatever is in it', async () => {
    await fc.assert(
      fc.asyncProperty(pairs, async (fields) => {
        const reference = new Request('http://a/', { method: 'POST', body: new URLSearchParams(fields) });
        expect(bodyOf({ kind: 'form', fields })).toBe(utf8(await reference.text()));
      }),
    );
  });
});

describe('a multipart body', () => {
  const multipart = (...parts: Part[]): RequestBody => ({ kind: 'multipart', boundary: 'XX', parts });

  test('has each part with its own head', () => {
    const parts: Part[] = [
      { name: 'title', content: { text: 'Notes – é' } },
      { name: 'file', filename: 'notes.md', type: 'text/markdown', content: { base64: '/wAK' } },
    ];
    expect(bodyOf(multipart(...parts))).toBe(
      `--XX\r\nContent-Disposition: form-data; name="title"\r\n\r\n${utf8('Notes – é')}\r\n` +
        '--XX\r\nContent-Disposition: form-data; name="file"; filename="notes.md"\r\nContent-Type: text/markdown\r\n' +
        '\r\n\xff\x00\n\r\n--XX--\r\n',
    );
  });

  test('without parts is its end alone', () => {
    expect(bodyOf(multipart())).toBe('--XX--\r\n');
  });

  test('escapes names, so that no value becomes a header', () => {
    const part = { name: 'a"\r\nX: y', filename: 'b"\n.txt', content: { text: '' } };
    expect(bodyOf(multipart(part))).toBe(
      '--XX\r\nContent-Disposition: form-data; name="a%22%0D%0AX: y"; filename="b%22%0A.txt"\r\n\r\n\r\n--XX--\r\n',
    );
  });

  test('is what fetch sends of a FormData', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.tuple(oneLine, oneLine, oneLine), { minLength: 1 }), async (rows) => {
        const form = new FormData();
        for (const [name, value, filename] of rows) {
          form.append(name, value);
          form.append(name, new File([value], `a${filename}`, { type: 'text/plain' }));
        }
        const reference = Buffer.from(await new Request('http://a/', { method: 'POST', body: form }).arrayBuffer());
        const boundary = /^--(.*)\r\n/.exec(reference.toString('latin1'))?.[1] ?? '';
        const parts = rows.flatMap(([name, value, filename]): Part[] => [
          { name, content: { text: value } },
          { name, filename: `a${filename}`, type: 'text/plain', content: { text: value } },
        ]);
        expect(bodyOf({ kind: 'multipart', boundary, parts })).toBe(reference.toString('latin1'));
      }),
    );
  });
});

test('JSON is written as JSON.stringify writes it, in UTF-8', () => {
  const value = { b: 1, a: ['é', null, true, { '': '"\n' }] };
  expect(bodyOf({ kind: 'json', value })).toBe(utf8('{"b":1,"a":["é",null,true,{"":"\\"\\n"}]}'));
});

test('raw text and raw bytes are sent as they are', () => {
  expect(bodyOf({ kind: 'raw', content: { text: 'a\r\n\0é' } })).toBe(utf8('a\r\n\0é'));
  expect(bodyOf({ kind: 'raw', content: { base64: 'AP8NCg==' } })).toBe('\x00\xff\r\n');
});

describe('Content-Type and Content-Length', () => {
  test.each<[RequestBody, readonly string[]]>([
    [{ kind: 'none' }, ['Content-Length: 0']],
    [{ kind: 'form', fields: [['é', '']] }, ['Content-Type: application/x-www-form-urlencoded', 'Content-Length: 7']],
    [{ kind: 'json', value: 'é' }, ['Content-Type: application/json', 'Content-Length: 4']],
    [
      { kind: 'multipart', boundary: 'X-1', parts: [] },
      ['Content-Type: multipart/form-data; boundary=X-1', 'Content-Length: 9'],
    ],
    [{ kind: 'raw', content: { base64: '/w==' } }, ['Content-Type: text/plain; charset=utf-8', 'Content-Length: 1']],
  ])('follow from the body: %j', (body, expected) => {
    expect(headersOf(body)).toEqual(expected);
  });

  const raw: RequestBody = { kind: 'raw', content: { text: 'abc' } };

  test.each<[string, readonly Pair[], readonly string[], readonly string[]]>([
    [
      'given ones stay, whatever they say',
      [
        ['content-TYPE', 'a/b'],
        ['content-length', '7'],
      ],
      [],
      ['content-TYPE: a/b', 'content-length: 7'],
    ],
    [
      'a chunked body has no length',
      [['Transfer-Encoding', 'chunked']],
      ['content-type'],
      ['Transfer-Encoding: chunked'],
    ],
    ['a length that is dropped leaves chunks', [], ['content-type', 'content-length'], ['Transfer-Encoding: chunked']],
    [
      'without both there is a length',
      [],
      ['content-type', 'content-length', 'transfer-encoding'],
      ['Content-Length: 3'],
    ],
  ])('%s', (_, headers, omittedHeaders, expected) => {
    expect(headersOf(raw, { headers, omittedHeaders })).toEqual(expected);
  });

  test.each(['POST', 'PUT', 'PATCH'])('%s without a body says so', (method) => {
    expect(encode({ method }).headers).toEqual([['Content-Length', '0']]);
  });

  test.each(['GET', 'HEAD', 'DELETE', 'OPTIONS'])('%s without a body says nothing', (method) => {
    expect(encode({ method }).headers).toEqual([]);
  });

  test('a GET with a body says how long it is', () => {
    expect(encode({ body: raw }).headers).toContainEqual(['Content-Length', '3']);
  });
});

describe('header fields', () => {
  test('keep their order and repetition; cookies, type and length follow', () => {
    const headers: Pair[] = [
      ['X-B', '1'],
      ['X-A', '2'],
      ['X-B', '3'],
    ];
    const cookies: Pair[] = [
      ['sid', 'a b;c'],
      ['sid', '2'],
    ];
    expect(headersOf({ kind: 'json', value: 1 }, { headers, cookies })).toEqual([
      'X-B: 1',
      'X-A: 2',
      'X-B: 3',
      'Cookie: sid=a b;c; sid=2',
      'Content-Type: application/json',
      'Content-Length: 1',
    ]);
  });

  test('a dropped Cookie is not sent', () => {
    expect(encode({ cookies: [['a', 'b']], omittedHeaders: ['cookie'] }).headers).toEqual([]);
  });

  test('a dropped Host is known to who sends', () => {
    expect(encode({ omittedHeaders: ['host'] }).omitsHost).toBe(true);
    expect(encode({})).not.toHaveProperty('omitsHost');
  });
});

describe('the request target', () => {
  const target = (path: string, ...query: Pair[]) => encode({ path, query }).target;

  test.each([
    ['/a/b', '/a/b'],
    ['a', '/a'],
    ['', '/'],
    ['/?', '/?'],
    ['/%2e%2E/%zz', '/%2e%2E/%zz'],
    [`/<"'>{}|^\`\\`, `/<"'>{}|^\`\\`],
    ['/a b\r\nX: y\0\x7f', '/a%20b%0D%0AX:%20y%00%7F'],
    ['/é/🎉/\ud800', '/%C3%A9/%F0%9F%8E%89/%EF%BF%BD'],
  ])('%j is %s', (path, expected) => {
    expect(target(path)).toBe(expected);
  });

  test('has the query pairs at its end, in order', () => {
    expect(target('/s', ['q', "a b&c='"], ['q', ''])).toBe('/s?q=a+b%26c%3D%27&q=');
    expect(target('/s?x=1', ['q', 'é'])).toBe('/s?x=1&q=%C3%A9');
  });

  test('is one that a request line can hold, whatever is in it', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), pairs, (path, query) => {
        expect(target(path, ...query)).toMatch(/^\/[\x21-\x7e]*$/);
      }),
    );
  });
});
