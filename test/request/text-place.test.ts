import { describe, expect, it } from 'vitest';
import type { FieldPath } from '../../src/model/field.js';
import type { Pair, RequestBody, RequestSpec } from '../../src/model/request.js';
import { encodeRequest } from '../../src/request/encode-request.js';
import { isCookieHeader } from '../../src/request/field-paths.js';
import { textPlace } from '../../src/request/text-place.js';

function request(body: RequestBody, more: Partial<RequestSpec> = {}): RequestSpec {
  return { method: 'POST', path: '/a', query: [], headers: [], cookies: [], body, omittedHeaders: [], ...more };
}

const none: RequestBody = { kind: 'none' };
const inForm = (name: string): FieldPath => ({ kind: 'form', name });
const inJson = (...path: (string | number)[]): FieldPath => ({ kind: 'json', path });
const jsonType: Pair = ['Content-Type', 'application/json'];
const formType: Pair = ['Content-Type', 'application/x-www-form-urlencoded'];

/** What is sent when a text is put in a field. */
function carried(spec: RequestSpec, field: FieldPath, text = 'x') {
  return textPlace(spec, field)?.carry(text);
}

function textOfBody(spec: RequestSpec): string {
  return Buffer.from(encodeRequest(spec).body).toString();
}

describe('a text in the place of a field', () => {
  it('goes into a form field, alone', () => {
    const fields: Pair[] = [
      ['a', '1'],
      ['b', '2'],
    ];
    const spec = request({ kind: 'form', fields }, { query: [['q', '3']], cookies: [['id', '4']] });
    expect(carried(spec, inForm('b'))).toEqual({ ...spec, query: [], body: { kind: 'form', fields: [['b', 'x']] } });
    expect(textPlace(spec, inForm('b'))?.fields).toEqual([inForm('b')]);
    expect(textPlace(spec, inForm('b'))?.request).toMatchObject({ query: [], body: { fields: [['b', '2']] } });
  });

  it('goes into a query parameter before the body where both may be meant', () => {
    const spec = request({ kind: 'form', fields: [['a', '1']] }, { query: [['a', '2']] });
    for (const kind of ['argument', 'query'] as const) {
      expect(carried(spec, { kind, name: 'a' })).toMatchObject({ query: [['a', 'x']], body: { kind: 'none' } });
    }
  });

  it('goes into a parameter without a body beside it, and into a body without parameters', () => {
    const spec = request({ kind: 'raw', content: { text: 'query { me }' } }, { query: [['q', '1']] });
    expect(carried(spec, { kind: 'query', name: 'q' })).toEqual({ ...spec, query: [['q', 'x']], body: none });
    expect(carried(spec, { kind: 'body' })).toEqual({
      ...spec,
      query: [],
      body: { kind: 'raw', content: { text: 'x' } },
    });
  });

  it('goes into JSON at any depth, and elements keep their places', () => {
    const spec = request({ kind: 'json', value: { items: [{ note: 'a' }, { note: 'b', n: 1 }], '': 'c' } });
    expect(carried(spec, inJson('items', 1, 'note'))?.body).toEqual({
      kind: 'json',
      value: { items: [null, { note: 'x' }] },
    });
    expect(carried(spec, inJson(''))?.body).toEqual({ kind: 'json', value: { '': 'x' } });
  });

  it('goes into a multipart field, and into the name of a file', () => {
    const parts = [
      { name: 'a', content: { text: '1' } },
      { name: 'a', filename: 'a.txt', content: { text: '2' } },
    ];
    const spec = request({ kind: 'multipart', boundary: 'b', parts });
    expect(carried(spec, { kind: 'part', name: 'a' })?.body).toMatchObject({
      parts: [{ name: 'a', content: { text: 'x' } }],
    });
    expect(carried(spec, { kind: 'part', name: 'a', of: 'filename' })?.body).toMatchObject({
      parts: [{ filename: 'x', content: { text: '2' } }],
    });
  });

  it('goes into a body that was given as text', () => {
    const raw = request({ kind: 'raw', content: { text: '{"a":"1"}' } }, { headers: [jsonType] });
    expect(carried(raw, inJson('a'), '"x"')?.body).toEqual({ kind: 'raw', content: { text: '{"a":"\\"x\\""}' } });
    const encoded = request({ kind: 'raw', content: { text: 'a=1&b=2' } }, { headers: [formType] });
    expect(carried(encoded, inForm('b'), 'x y')?.body).toEqual({ kind: 'raw', content: { text: 'b=x+y' } });
  });

  it('goes into cookies and headers, beside which all else stays', () => {
    const spec = request(
      { kind: 'form', fields: [['a', '1']] },
      { cookies: [['id', '1']], headers: [['Referer', '/']] },
    );
    expect(carried(spec, { kind: 'cookie', name: 'id' })).toEqual({ ...spec, cookies: [['id', 'x']] });
    expect(carried(spec, { kind: 'header', name: 'Referer' })).toEqual({
      ...spec,
      headers: [['Referer', 'x']],
    });
  });

  it('goes into one of the fields that are one together', () => {
    const form = request({ kind: 'form', fields: [['a', '1']] }, { cookies: [['id', '1']] });
    const body = textPlace(form, { kind: 'body' });
    expect(body?.carry('x').body).toEqual({ kind: 'form', fields: [['a', 'x']] });
    expect(body?.fields).toEqual([{ kind: 'body' }, inForm('a')]);
    expect(carried(form, { kind: 'header', name: 'Cookie' })?.cookies).toEqual([['id', 'x']]);
    expect(carried(form, { kind: 'query-string' })?.query).toEqual([['q', 'x']]);
  });

  it('goes into the longest text of a document, escaped', () => {
    const spec = request({ kind: 'raw', content: { text: '<a><b>1</b><c>the longest</c></a>' } });
    expect(carried(spec, { kind: 'xml' }, '<x>')?.body).toEqual({
      kind: 'raw',
      content: { text: '<a><b>1</b><c>&lt;x&gt;</c></a>' },
    });
  });

  it('goes into a body that cannot be read, under the type that it has', () => {
    const spec = request({ kind: 'json', value: {} });
    const sent = carried(spec, { kind: 'body-syntax' });
    expect(sent?.headers).toEqual([jsonType]);
    expect(sent && textOfBody(sent)).toBe('{"wafproof":"x"}');
  });

  it('has no place where no text can get', () => {
    const spec = request({ kind: 'json', value: { n: 1 } });
    for (const field of [inForm('missing'), inJson('n'), { kind: 'method' }, { kind: 'path' }] as const) {
      expect(textPlace(spec, field)).toBeUndefined();
    }
    expect(textPlace(request(none), { kind: 'body' })).toBeUndefined();
    expect(textPlace(request(none), { kind: 'xml' })).toBeUndefined();
  });

  it('has no place in bytes, in a document without text, nor in another kind of body', () => {
    const bodies: readonly RequestBody[] = [
      { kind: 'raw', content: { base64: 'PGE+eDwvYT4=' } },
      { kind: 'raw', content: { text: '<a> </a>' } },
      { kind: 'json', value: '<a>x</a>' },
    ];
    for (const body of bodies) expect(textPlace(request(body), { kind: 'xml' })).toBeUndefined();
    expect(textPlace(request({ kind: 'raw', content: { base64: 'AAEC' } }), { kind: 'body' })).toBeUndefined();
  });

  it('has no place in headers that are not there, but for the one of all cookies', () => {
    const spec = request(none, { query: [['q', '1']], cookies: [['id', '1']] });
    for (const field of [
      { kind: 'header', name: 'Referer' },
      { kind: 'header' },
      { kind: 'header', name: 'Cookie', of: 'name' },
      { kind: 'cookie', name: 'other' },
    ] as const) {
      expect(textPlace(spec, field)).toBeUndefined();
    }
    const cookies = textPlace(spec, { kind: 'header', name: 'cOOKIE' });
    expect(cookies?.fields).toEqual([
      { kind: 'header', name: 'cOOKIE' },
      { kind: 'cookie', name: 'id' },
    ]);
    expect(textPlace(request(none), { kind: 'header', name: 'Cookie' })).toBeUndefined();
  });
});

describe('the place of a text', () => {
  it('is the first field of a body that is a text', () => {
    const spec = request({ kind: 'json', value: { n: 1, a: 'x', b: 'y' } }, { query: [['q', '1']] });
    const place = textPlace(spec, { kind: 'body' });
    expect(place?.fields).toEqual([{ kind: 'body' }, inJson('a')]);
    expect(place?.carry('z')).toEqual({ ...spec, query: [], body: { kind: 'json', value: { a: 'z' } } });
  });

  it.each(['url', 'query-string'] as const)('is a parameter of its own, where it is the %s', (kind) => {
    const spec = request({ kind: 'form', fields: [['a', '1']] }, { query: [['b', '2']] });
    const place = textPlace(spec, { kind });
    expect(place?.fields).toEqual([{ kind }, { kind: 'query', name: 'q' }]);
    expect(place?.request).toBe(spec);
    expect(place?.carry('x')).toEqual({ ...spec, query: [['q', 'x']] });
  });

  it('is the whole body, where that cannot be read', () => {
    const headers: Pair[] = [
      ['content-type', 'application/problem+json'],
      ['Referer', '/'],
    ];
    const spec = request({ kind: 'json', value: { a: 1 } }, { headers });
    const place = textPlace(spec, { kind: 'body-syntax' });
    expect(place?.fields).toEqual([{ kind: 'body-syntax' }, { kind: 'body' }]);
    expect(place?.request).toBe(spec);
    const sent = place?.carry('x');
    expect(sent?.headers).toEqual(headers.toReversed());
    expect(sent && textOfBody(sent)).toBe('{"wafproof":"x","a":1}');
  });

  it('is a document, of which the rest stays', () => {
    const headers: Pair[] = [['Content-Type', 'application/xml']];
    const spec = request({ kind: 'raw', content: { text: '<a>old</a>' } }, { headers, query: [['q', '1']] });
    const place = textPlace(spec, { kind: 'xml' });
    expect(place?.fields).toEqual([{ kind: 'xml' }]);
    expect(place?.request).toBe(spec);
    expect(place?.carry('new')).toEqual({ ...spec, body: { kind: 'raw', content: { text: '<a>new</a>' } } });
  });

  it('knows the header of all cookies', () => {
    const fields: readonly FieldPath[] = [
      { kind: 'header', name: 'Cookie' },
      { kind: 'header', name: 'COOKIE' },
      { kind: 'header', name: 'Cookies' },
      { kind: 'header', name: 'cookie', of: 'name' },
      { kind: 'header' },
      { kind: 'query', name: 'cookie' },
    ];
    expect(fields.map(isCookieHeader)).toEqual([true, true, false, false, false, false]);
  });
});
