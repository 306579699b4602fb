import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatVariable } from '../../../src/model/evidence.js';
import type { JsonValue, Pair, RequestBody, RequestSpec } from '../../../src/model/request.js';
import { encodeRequest } from '../../../src/request/encode-request.js';
import { requestFields } from '../../../src/waf/modsecurity/request-fields.js';
import { requestVariables } from '../../../src/waf/modsecurity/request-variables.js';

function request(body: RequestBody, more: Partial<RequestSpec> = {}): RequestSpec {
  return { method: 'POST', path: '/a', query: [], headers: [], cookies: [], body, omittedHeaders: [], ...more };
}

function names(spec: RequestSpec): readonly string[] {
  return requestFields(spec).fields.map(({ variable, value }) => `${formatVariable(variable)}=${value}`);
}

const none: RequestBody = { kind: 'none' };
const json: Pair = ['Content-Type', 'application/json'];
const nested: JsonValue = { items: [{ note: 'a', n: 1 }, { note: 'b' }], '': null };

describe('the fields of a request', () => {
  it.each<[string, RequestSpec, readonly string[]]>([
    [
      'a query',
      request(none, {
        query: [
          ['q', '1'],
          ['q', '2'],
        ],
      }),
      ['ARGS:q=1', 'ARGS:q=2'],
    ],
    [
      'headers and cookies',
      request(none, { headers: [['Referer', '/x']], cookies: [['id', '1']] }),
      ['REQUEST_HEADERS:Referer=/x', 'REQUEST_COOKIES:id=1'],
    ],
    [
      'a header with cookies',
      request(none, { headers: [['cookie', 'a=1; b=x=y']] }),
      ['REQUEST_COOKIES:a=1', 'REQUEST_COOKIES:b=x=y'],
    ],
    ['a form', request({ kind: 'form', fields: [['a', '1']] }), ['ARGS:a=1']],
    [
      'JSON',
      request({ kind: 'json', value: nested }),
      [
        'ARGS:json.items.array_0.note=a',
        'ARGS:json.items.array_0.n=1',
        'ARGS:json.items.array_1.note=b',
        'ARGS:json.empty-key=',
      ],
    ],
    [
      'JSON as text',
      request({ kind: 'raw', content: { text: '{"a":"1"}' } }, { headers: [json] }),
      ['REQUEST_HEADERS:Content-Type=application/json', 'ARGS:json.a=1'],
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
      ['ARGS:a=1', 'FILES:f=x.php'],
    ],
    ['text', request({ kind: 'raw', content: { text: 'query { me }' } }), ['REQUEST_BODY=query { me }']],
  ])('of %s', (_name, spec, expected) => {
    expect(names(spec)).toEqual(expected);
  });

  it('have the names and values that the engine has for them', () => {
    const value = fc.letrec<{ json: JsonValue }>((tie) => ({
      json: fc.oneof(
        { maxDepth: 3 },
        fc.string({ maxLength: 5 }),
        fc.array(tie('json'), { maxLength: 3 }),
        fc.dictionary(fc.string({ unit: fc.constantFrom('a', 'b', '.'), maxLength: 3 }), tie('json'), { maxKeys: 3 }),
      ),
    })).json;
    fc.assert(
      fc.property(value, (body) => {
        const spec = request({ kind: 'json', value: body });
        const seen = requestVariables(encodeRequest(spec)).filter(({ variable }) => variable.collection === 'ARGS');
        expect(names(spec)).toEqual(seen.map((one) => `${formatVariable(one.variable)}=${one.value}`));
      }),
    );
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

  it('has no body where nothing of it is kept', () => {
    expect(requestFields(request({ kind: 'form', fields: [['a', '1']] })).keep([]).body).toEqual(none);
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
    expect(requestFields(spec).fields.map(({ variable }) => formatVariable(variable))).toContain('REQUEST_BODY');
  });
});
