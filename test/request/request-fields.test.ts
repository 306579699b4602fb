import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { FieldPath } from '../../src/model/field.js';
import type { JsonValue, Pair, RequestBody, RequestSpec } from '../../src/model/request.js';
import { requestFields } from '../../src/request/request-fields.js';
import { nestedJson, randomRequest } from './random-request.js';

function request(body: RequestBody, more: Partial<RequestSpec> = {}): RequestSpec {
  return { method: 'POST', path: '/a', query: [], headers: [], cookies: [], body, omittedHeaders: [], ...more };
}

function listed(spec: RequestSpec): readonly (readonly [FieldPath, string])[] {
  return requestFields(spec).fields.map(({ field, value }) => [field, value]);
}

const none: RequestBody = { kind: 'none' };
const json: Pair = ['Content-Type', 'application/json'];
const nested: JsonValue = { items: [{ note: 'a', n: 1 }, { note: 'b' }], '': null };

describe('the fields of a request', () => {
  it.each<[string, RequestSpec, readonly (readonly [FieldPath, string])[]]>([
    [
      'a query',
      request(none, {
        query: [
          ['q', '1'],
          ['q', '2'],
        ],
      }),
      [
        [{ kind: 'query', name: 'q' }, '1'],
        [{ kind: 'query', name: 'q' }, '2'],
      ],
    ],
    [
      'headers and cookies',
      request(none, { headers: [['Referer', '/x']], cookies: [['id', '1']] }),
      [
        [{ kind: 'header', name: 'Referer' }, '/x'],
        [{ kind: 'cookie', name: 'id' }, '1'],
      ],
    ],
    [
      'a header with cookies',
      request(none, { headers: [['cookie', 'a=1; b=x=y']] }),
      [
        [{ kind: 'cookie', name: 'a' }, '1'],
        [{ kind: 'cookie', name: 'b' }, 'x=y'],
      ],
    ],
    ['a form', request({ kind: 'form', fields: [['a', '1']] }), [[{ kind: 'form', name: 'a' }, '1']]],
    [
      'JSON',
      request({ kind: 'json', value: nested }),
      [
        [{ kind: 'json', path: ['items', 0, 'note'] }, 'a'],
        [{ kind: 'json', path: ['items', 0, 'n'] }, '1'],
        [{ kind: 'json', path: ['items', 1, 'note'] }, 'b'],
        [{ kind: 'json', path: [''] }, ''],
      ],
    ],
    [
      'JSON as text',
      request({ kind: 'raw', content: { text: '{"a":"1"}' } }, { headers: [json] }),
      [
        [{ kind: 'header', name: 'Content-Type' }, 'application/json'],
        [{ kind: 'json', path: ['a'] }, '1'],
      ],
    ],
    [
      'parts',
      request({
        kind: 'multipart',
        boundary: 'b',
        parts: [
          { name: 'a', content: { text: '1' } },
          { name: 'f', filename: 'x.php', content: { text: '2' } },
        ],
      }),
      [
        [{ kind: 'part', name: 'a' }, '1'],
        [{ kind: 'part', name: 'f', of: 'filename' }, 'x.php'],
      ],
    ],
    ['text', request({ kind: 'raw', content: { text: 'query { me }' } }), [[{ kind: 'body' }, 'query { me }']]],
  ])('of %s', (_name, spec, expected) => {
    expect(listed(spec)).toEqual(expected);
  });

  it('tell which are texts, and which are in the body', () => {
    const parts = [
      { name: 'a', content: { text: '1' } },
      { name: 'b', content: { base64: 'AAEC' } },
      { name: 'f', filename: 'x.php', content: { base64: 'AAEC' } },
    ];
    const marks = (spec: RequestSpec) => requestFields(spec).fields.map(({ isText, isInBody }) => [isText, isInBody]);
    const bytes: RequestBody = { kind: 'raw', content: { base64: 'AAEC' } };
    expect(marks(request(bytes, { query: [['q', '1']], headers: [['A', 'b']], cookies: [['c', 'd']] }))).toEqual([
      [true, false],
      [true, false],
      [true, false],
      [false, true],
    ]);
    expect(marks(request({ kind: 'form', fields: [['a', '1']] }))).toEqual([[true, true]]);
    expect(marks(request({ kind: 'raw', content: { text: 'x' } }))).toEqual([[true, true]]);
    expect(marks(request({ kind: 'json', value: ['a', 1, false, null] }))).toEqual([
      [true, true],
      [false, true],
      [false, true],
      [false, true],
    ]);
    expect(marks(request({ kind: 'multipart', boundary: 'b', parts }))).toEqual([
      [true, true],
      [false, true],
      [true, true],
    ]);
  });

  it('have no text where a value is none, but for what JSON writes', () => {
    const values = (body: RequestBody) => requestFields(request(body)).fields.map(({ value }) => value);
    expect(values({ kind: 'json', value: ['a', 1.5, false, null] })).toEqual(['a', '1.5', 'false', '']);
    expect(values({ kind: 'raw', content: { base64: 'AAEC' } })).toEqual(['']);
    const parts = [{ name: 'b', content: { base64: 'AAEC' } }];
    expect(values({ kind: 'multipart', boundary: 'b', parts })).toEqual(['']);
  });

  it('end where JSON is nested deeper than engines take, whose rest is one value', () => {
    const value = nestedJson(10_000);
    const { fields, keep } = requestFields(request({ kind: 'json', value }));
    expect(fields).toMatchObject([{ isText: false, value: '' }]);
    expect(keep([0], { field: 0, text: 'x' }).body).toEqual({ kind: 'json', value });
  });
});

describe('a part of a request', () => {
  it('is the request itself where all is kept', () => {
    const spec = request({ kind: 'json', value: { a: [], b: {} } });
    expect(requestFields(spec).keep([])).toBe(spec);
  });

  it('has the fields that are kept, one of them with another text', () => {
    const spec = request(
      {
        kind: 'form',
        fields: [
          ['a', '1'],
          ['b', '2'],
          ['a', '3'],
        ],
      },
      {
        query: [['q', 'x']],
        headers: [
          ['Referer', '/'],
          ['cookie', 'a=1; b=2'],
        ],
      },
    );
    expect(requestFields(spec).keep([3, 4, 6], { field: 6, text: 'new' })).toEqual({
      ...spec,
      query: [],
      headers: [['cookie', 'b=2']],
      body: {
        kind: 'form',
        fields: [
          ['a', '1'],
          ['a', 'new'],
        ],
      },
    });
  });

  it.each<RequestBody>([
    { kind: 'form', fields: [['a', '1']] },
    { kind: 'json', value: { a: 1 } },
    { kind: 'raw', content: { text: 'a' } },
    { kind: 'raw', content: { base64: 'AAEC' } },
    {
      kind: 'multipart',
      boundary: 'b',
      parts: [
        { name: 'a', content: { text: '1' } },
        { name: 'f', filename: 'f', content: { text: '2' } },
      ],
    },
  ])('has no body where nothing of it is kept: %j', (body) => {
    expect(requestFields(request(body)).keep([]).body).toEqual(none);
  });

  it('has no header of cookies where none of them is kept', () => {
    const headers: Pair[] = [
      ['Cookie', 'a=1;b; c='],
      ['Referer', '/'],
    ];
    const { fields, keep } = requestFields(request(none, { headers }));
    expect(fields.map(({ field, value }) => ['name' in field && field.name, value])).toEqual([
      ['a', '1'],
      ['b', ''],
      ['c', ''],
      ['Referer', '/'],
    ]);
    expect(keep([3]).headers).toEqual([['Referer', '/']]);
    expect(keep([0, 2], { field: 2, text: 'x' }).headers).toEqual([['Cookie', 'a=1; c=x']]);
  });

  it('has what is no text as it is, or not at all', () => {
    const bytes: RequestBody = { kind: 'raw', content: { base64: 'AAEC' } };
    expect(requestFields(request(bytes)).keep([0], { field: 0, text: 'x' }).body).toEqual(bytes);
    const json = requestFields(request({ kind: 'json', value: { n: 1, no: null } }));
    expect(json.keep([0], { field: 0, text: 'x' }).body).toEqual({ kind: 'json', value: { n: 1 } });
    expect(json.keep([1], { field: 1, text: 'x' }).body).toEqual({ kind: 'json', value: { no: null } });
    const part = { name: 'b', type: 'image/png', content: { base64: 'AAEC' } };
    const parts = requestFields(request({ kind: 'multipart', boundary: 'b', parts: [part] }));
    expect(parts.keep([0], { field: 0, text: 'x' }).body).toMatchObject({ parts: [part] });
  });

  it('has another text in a part, of which the rest stays', () => {
    const part = { name: 'a', type: 'text/html', content: { text: '1' } };
    const { keep } = requestFields(request({ kind: 'multipart', boundary: 'b', parts: [part, part] }));
    expect(keep([1], { field: 1, text: 'x' }).body).toEqual({
      kind: 'multipart',
      boundary: 'b',
      parts: [{ ...part, content: { text: 'x' } }],
    });
  });

  it('leaves elements of arrays in their places', () => {
    const { keep } = requestFields(request({ kind: 'json', value: nested }));
    expect(keep([2], { field: 2, text: 'x' }).body).toEqual({ kind: 'json', value: { items: [null, { note: 'x' }] } });
    expect(keep([1]).body).toEqual({ kind: 'json', value: { items: [{ n: 1 }] } });
  });

  it('changes what was given as text in its own notation', () => {
    const form: Pair = ['Content-Type', 'application/x-www-form-urlencoded'];
    const raw = (text: string, type: Pair) =>
      requestFields(request({ kind: 'raw', content: { text } }, { headers: [type] }));
    expect(raw('a=1&b=2', form).keep([0, 2], { field: 2, text: 'x y' }).body).toEqual({
      kind: 'raw',
      content: { text: 'b=x+y' },
    });
    expect(raw('{"a":"1"}', json).keep([0, 1], { field: 1, text: '"' }).body).toEqual({
      kind: 'raw',
      content: { text: '{"a":"\\""}' },
    });
  });

  it('changes the name of a file and leaves what is in it', () => {
    const part = { name: 'f', filename: 'x.php', content: { base64: 'AAEC' } };
    const { keep } = requestFields(request({ kind: 'multipart', boundary: 'b', parts: [part] }));
    expect(keep([0], { field: 0, text: 'y' }).body).toMatchObject({ parts: [{ ...part, filename: 'y' }] });
  });

  it('takes JSON that is nested too deeply for text', () => {
    const text = `${'['.repeat(100_000)}${']'.repeat(100_000)}`;
    const spec = request({ kind: 'raw', content: { text } }, { headers: [json] });
    expect(listed(spec)).toContainEqual([{ kind: 'body' }, text]);
  });

  it('is the request where all is kept, and differs in what is changed only', () => {
    fc.assert(
      fc.property(randomRequest, fc.nat(), fc.string(), (spec, any, text) => {
        const { fields, keep } = requestFields(spec);
        const all = fields.map((_, index) => index);
        expect(keep(all)).toEqual(spec);
        const changed = all[any % Math.max(1, all.length)];
        if (changed === undefined || fields[changed]?.isText !== true) return;
        if (fields[changed].field.kind === 'header') return;
        const differs = keep(all, { field: changed, text });
        // A body as one text may become JSON by the change, and is then read as that.
        if (fields[changed].field.kind === 'body') {
          expect(differs).toEqual({ ...spec, body: { kind: 'raw', content: { text } } });
          return;
        }
        const expected = fields.map((field, index) => (index === changed ? { ...field, value: text } : field));
        expect(requestFields(differs).fields).toEqual(expected);
      }),
    );
  });
});
