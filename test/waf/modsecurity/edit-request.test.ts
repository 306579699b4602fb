import { describe, expect, it } from 'vitest';
import type { Pair, RequestBody, RequestSpec } from '../../../src/model/request.js';
import { withName, withValue } from '../../../src/waf/modsecurity/edit-request.js';

function request(body: RequestBody, more: Partial<RequestSpec> = {}): RequestSpec {
  return { method: 'POST', path: '/a', query: [], headers: [], cookies: [], body, omittedHeaders: [], ...more };
}

const none: RequestBody = { kind: 'none' };
const arg = (key: string) => ({ collection: 'ARGS', key });
const json: Pair = ['Content-Type', 'application/json'];

describe('an attack in the place of a value', () => {
  it('goes into a form field and leaves its neighbours', () => {
    const fields: Pair[] = [
      ['a', '1'],
      ['b', '2'],
      ['a', '3'],
    ];
    expect(withValue(request({ kind: 'form', fields }), arg('a'), 'x')?.body).toEqual({
      kind: 'form',
      fields: [
        ['a', 'x'],
        ['b', '2'],
        ['a', 'x'],
      ],
    });
  });

  it('goes into a query parameter before the body', () => {
    const spec = request({ kind: 'form', fields: [['a', '1']] }, { query: [['a', '2']] });
    expect(withValue(spec, arg('a'), 'x')).toMatchObject({ query: [['a', 'x']], body: { fields: [['a', '1']] } });
  });

  it('goes into JSON at any depth', () => {
    const spec = request({ kind: 'json', value: { items: [{ note: 'a' }, { note: 'b' }], '': 'c' } });
    expect(withValue(spec, arg('json.items.array_1.note'), 'x')?.body).toEqual({
      kind: 'json',
      value: { items: [{ note: 'a' }, { note: 'x' }], '': 'c' },
    });
    expect(withValue(spec, arg('json.empty-key'), 'x')).toMatchObject({ body: { value: { '': 'x' } } });
  });

  it('goes into a multipart field, not into a file', () => {
    const parts = [
      { name: 'a', content: { text: '1' } },
      { name: 'a', filename: 'a.txt', content: { text: '2' } },
    ];
    const edited = withValue(request({ kind: 'multipart', boundary: 'b', parts }), arg('a'), 'x');
    expect(edited?.body).toMatchObject({ parts: [{ content: { text: 'x' } }, { content: { text: '2' } }] });
  });

  it('goes into a body that was given as text', () => {
    const raw = request({ kind: 'raw', content: { text: '{"a":"1"}' } }, { headers: [json] });
    expect(withValue(raw, arg('json.a'), '"x"')?.body).toEqual({ kind: 'raw', content: { text: '{"a":"\\"x\\""}' } });
    const form: Pair = ['Content-Type', 'application/x-www-form-urlencoded'];
    const encoded = request({ kind: 'raw', content: { text: 'a=1&b=2' } }, { headers: [form] });
    expect(withValue(encoded, arg('b'), 'x y')?.body).toEqual({ kind: 'raw', content: { text: 'a=1&b=x+y' } });
  });

  it('goes into cookies and headers', () => {
    const spec = request(none, { cookies: [['id', '1']], headers: [['Referer', '/']] });
    expect(withValue(spec, { collection: 'REQUEST_COOKIES', key: 'id' }, 'x')?.cookies).toEqual([['id', 'x']]);
    expect(withValue(spec, { collection: 'REQUEST_HEADERS', key: 'Referer' }, 'x')?.headers).toEqual([
      ['Referer', 'x'],
    ]);
  });

  it('has no place where the variable is no single text', () => {
    const spec = request({ kind: 'json', value: { n: 1 } });
    for (const variable of [
      arg('missing'),
      arg('json.n'),
      { collection: 'REQUEST_BODY' },
      { collection: 'FILES', key: 'f' },
    ]) {
      expect(withValue(spec, variable, 'x')).toBeUndefined();
    }
  });
});

describe('a neighbouring field', () => {
  it('has the same text under another name', () => {
    const spec = request({ kind: 'form', fields: [['a', '1']] });
    expect(withName(spec, arg('a'), 'b')?.body).toEqual({ kind: 'form', fields: [['b', '1']] });
    const nested = request({ kind: 'json', value: { o: { a: '1' } } });
    expect(withName(nested, arg('json.o.a'), 'b')?.body).toEqual({ kind: 'json', value: { o: { b: '1' } } });
  });

  it('does not exist for headers and cookies, whose names rules choose by', () => {
    const spec = request(none, { cookies: [['id', '1']] });
    expect(withName(spec, { collection: 'REQUEST_COOKIES', key: 'id' }, 'other')).toBeUndefined();
  });
});
