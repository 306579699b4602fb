import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { encodeRequest } from '../../src/request/encode-request.js';
import { requestOf } from './suite-folder.js';

const usual = [
  ['User-Agent', 'Mozilla/5.0 (compatible; Wafproof)'],
  ['Accept', '*/*'],
];

describe('bodies', () => {
  test('none: a GET of /', async () => {
    const request = await requestOf('title: nothing');
    expect(request).toMatchObject({ method: 'GET', path: '/', body: { kind: 'none' }, headers: usual });
  });

  test('form: values are texts exactly as written', async () => {
    const { method, body } = await requestOf(
      'form: { zip: 007, price: 1.10, big: 1e3, yes: true, none: ~, empty: , hex: 0xFF }',
    );
    expect(method).toBe('POST');
    expect(body).toEqual({
      kind: 'form',
      fields: [
        ['zip', '007'],
        ['price', '1.10'],
        ['big', '1e3'],
        ['yes', 'true'],
        ['none', '~'],
        ['empty', ''],
        ['hex', '0xFF'],
      ],
    });
  });

  test('json: YAML 1.2 scalars, and texts stay texts', async () => {
    const { body } = await requestOf(`json:
  n: [1, 007, 1.10, 0x1F, -0.5e2]
  other: [true, null, ~, yes, "1", !!str 2, 2024-01-01]
  "__proto__": { "<<": 1 }`);
    const expected = '{"n":[1,7,1.1,31,-50],"other":[true,null,null,"yes","1","2","2024-01-01"],"__proto__":{"<<":1}}';
    expect(JSON.stringify(body.kind === 'json' && body.value)).toBe(expected);
  });

  test('multipart: parts in order, an upload is named after its file', async () => {
    const { body } = await requestOf(
      `multipart:
  - { name: a, value: 007 }
  - { name: b, file: in/x.bin, type: image/png }
  - { name: a, filename: y.txt, value: text }`,
      { 'in/x.bin': Uint8Array.of(0xff, 0x00) },
    );
    expect(body).toEqual({
      kind: 'multipart',
      boundary: expect.stringMatching(/^----WafproofFormBoundary[0-9a-f]{16}$/),
      parts: [
        { name: 'a', content: { text: '007' } },
        { name: 'b', filename: 'x.bin', type: 'image/png', content: { base64: '/wA=' } },
        { name: 'a', filename: 'y.txt', content: { text: 'text' } },
      ],
    });
  });

  test('multipart: the boundary is the same every time, another for other parts, and the given one if there is one', async () => {
    const boundary = async (yaml: string) => {
      const { body } = await requestOf(yaml);
      return body.kind === 'multipart' && body.boundary;
    };
    const parts = 'multipart: [{ name: a, value: x }]';
    expect(await boundary(parts)).toBe(await boundary(parts));
    expect(await boundary(parts)).not.toBe(await boundary('multipart: [{ name: a, value: y }]'));
    const type = 'headers: { content-type: "multipart/form-data; charset=x; boundary=abc" }';
    expect(await boundary(`${type}\n${parts}`)).toBe('abc');
  });

  test('body: a text as it is', async () => {
    const request = await requestOf('body: "query { me }\\n"\nheaders: { Content-Type: application/graphql }');
    expect(request.body).toEqual({ kind: 'raw', content: { text: 'query { me }\n' } });
    expect(new TextDecoder().decode(encodeRequest(request).body)).toBe('query { me }\n');
  });

  test('no text is a template', async () => {
    const { body } = await requestOf('form: { a: "$X {{x}} !each x %s", b: "$(x) <%= x %>" }');
    expect(body).toMatchObject({
      fields: [
        ['a', '$X {{x}} !each x %s'],
        ['b', '$(x) <%= x %>'],
      ],
    });
  });
});

describe('pairs', () => {
  test('a list where names repeat', async () => {
    const request = await requestOf(
      'query: [[a, 1], [b, 2], [a, 3]]\ncookies: [[s, 1], [s, 2]]\nheaders: [[X, 1], [x, 2]]',
    );
    expect(request.query).toEqual([
      ['a', '1'],
      ['b', '2'],
      ['a', '3'],
    ]);
    expect(request.cookies).toEqual([
      ['s', '1'],
      ['s', '2'],
    ]);
    expect(request.headers).toEqual([...usual, ['X', '1'], ['x', '2']]);
  });

  test('keep their order and repetitions, whatever they are', async () => {
    const text = fc.string({ unit: 'grapheme' });
    await fc.assert(
      fc.asyncProperty(fc.array(fc.tuple(text, text)), async (pairs) => {
        const { body } = await requestOf(`form: ${JSON.stringify(pairs)}`);
        expect(body).toEqual({ kind: 'form', fields: pairs });
      }),
      { numRuns: 50 },
    );
  });

  test('a mapping keeps its order, even of numbers', async () => {
    const { body } = await requestOf('form: { 10: a, 9: b, z: c, 1: d }');
    expect(body).toMatchObject({
      fields: [
        ['10', 'a'],
        ['9', 'b'],
        ['z', 'c'],
        ['1', 'd'],
      ],
    });
  });
});

describe('json', () => {
  const plainJson = fc.jsonValue({ maxDepth: 4 }).filter((value) => JSON.stringify(value) === exact(value));
  const exact = (value: unknown) =>
    JSON.stringify(value, (_, inner) => (Number.isInteger(inner) && !Number.isSafeInteger(inner) ? 'inexact' : inner));

  test('is what it was as JSON', async () => {
    await fc.assert(
      fc.asyncProperty(plainJson, async (value) => {
        const { body } = await requestOf(`json: ${JSON.stringify(value)}`);
        expect(body.kind === 'json' && JSON.stringify(body.value)).toBe(JSON.stringify(value));
      }),
      { numRuns: 50 },
    );
  });
});

describe('defaults', () => {
  const merged = (defaults: string, own: string) =>
    requestOf(`path: /\n${own}`, {
      's.yaml': `suite: S\ndefaults: ${defaults}\ncases:\n  - id: one\n    ${own.replaceAll('\n', '\n    ')}\n`,
    });

  test('headers by name, in whatever case; the own one stands where the default stood', async () => {
    const { headers } = await merged(
      '{ headers: { A: 1, User-Agent: d, B: 2 } }',
      'headers: { user-agent: own, C: 3 }',
    );
    expect(headers).toEqual([
      ['Accept', '*/*'],
      ['A', '1'],
      ['user-agent', 'own'],
      ['B', '2'],
      ['C', '3'],
    ]);
  });

  test('null drops a header, and the usual ones as well', async () => {
    const request = await merged(
      '{ headers: { A: 1, B: 2 } }',
      'headers: { a: null, Host: ~, Accept: null, user-agent: }',
    );
    expect(request.headers).toEqual([['B', '2']]);
    expect(request.omittedHeaders).toEqual(['a', 'host', 'accept', 'user-agent']);
  });

  test('a header that the defaults drop can be given back', async () => {
    const request = await merged('{ headers: { Accept: null } }', 'headers: { Accept: x }');
    expect(request.omittedHeaders).toEqual([]);
    expect(request.headers).toContainEqual(['Accept', 'x']);
  });

  test('query and cookies by name, exactly', async () => {
    const request = await merged(
      '{ query: { a: 1, b: 2 }, cookies: { s: 1 } }',
      'query: [[b, 3], [c, 4], [b, 5]]\ncookies: { S: 2 }',
    );
    expect(request.query).toEqual([
      ['a', '1'],
      ['b', '3'],
      ['b', '5'],
      ['c', '4'],
    ]);
    expect(request.cookies).toEqual([
      ['s', '1'],
      ['S', '2'],
    ]);
  });

  test('a body of whatever kind replaces the default one', async () => {
    expect((await merged('{ form: { a: 1 } }', 'json: { b: 2 }')).body).toEqual({ kind: 'json', value: { b: 2 } });
    expect((await merged('{ form: { a: 1 } }', 'path: /x')).body).toEqual({ kind: 'form', fields: [['a', '1']] });
  });

  test('method and path', async () => {
    expect(await merged('{ method: PUT, path: /d }', 'path: /own?x=1')).toMatchObject({
      method: 'PUT',
      path: '/own?x=1',
    });
  });
});
