import { describe, expect, it } from 'vitest';
import type { Variable } from '../../../src/model/evidence.js';
import type { Pair, RequestBody, RequestSpec } from '../../../src/model/request.js';
import { attackPlace } from '../../../src/waf/modsecurity/attack-place.js';

function request(body: RequestBody, more: Partial<RequestSpec> = {}): RequestSpec {
  return { method: 'POST', path: '/a', query: [], headers: [], cookies: [], body, omittedHeaders: [], ...more };
}

const none: RequestBody = { kind: 'none' };
const arg = (key: string) => ({ collection: 'ARGS', key });
const jsonType: Pair = ['Content-Type', 'application/json'];
const formType: Pair = ['Content-Type', 'application/x-www-form-urlencoded'];

/** What is sent when a text is put where a variable is. */
function carried(spec: RequestSpec, variable: Variable, text = 'x') {
  return attackPlace(spec, variable)?.carry(text);
}

describe('an attack in the place of a variable', () => {
  it('goes into a form field, alone', () => {
    const fields: Pair[] = [
      ['a', '1'],
      ['b', '2'],
    ];
    const spec = request({ kind: 'form', fields }, { query: [['q', '3']], cookies: [['id', '4']] });
    expect(carried(spec, arg('b'))).toEqual({ ...spec, query: [], body: { kind: 'form', fields: [['b', 'x']] } });
    expect(attackPlace(spec, arg('b'))?.request).toMatchObject({ query: [], body: { fields: [['b', '2']] } });
  });

  it('goes into a query parameter before the body, under the name of its place too', () => {
    const spec = request({ kind: 'form', fields: [['a', '1']] }, { query: [['a', '2']] });
    for (const collection of ['ARGS', 'ARGS_GET']) {
      expect(carried(spec, { collection, key: 'a' })).toMatchObject({ query: [['a', 'x']], body: { kind: 'none' } });
    }
  });

  it('goes into JSON at any depth, and elements keep their places', () => {
    const spec = request({ kind: 'json', value: { items: [{ note: 'a' }, { note: 'b', n: 1 }], '': 'c' } });
    expect(carried(spec, arg('json.items.array_1.note'))?.body).toEqual({
      kind: 'json',
      value: { items: [null, { note: 'x' }] },
    });
    expect(carried(spec, arg('json.empty-key'))?.body).toEqual({ kind: 'json', value: { '': 'x' } });
  });

  it('goes into a multipart field, and into the name of a file', () => {
    const parts = [
      { name: 'a', content: { text: '1' } },
      { name: 'a', filename: 'a.txt', content: { text: '2' } },
    ];
    const spec = request({ kind: 'multipart', boundary: 'b', parts });
    expect(carried(spec, arg('a'))?.body).toMatchObject({ parts: [{ name: 'a', content: { text: 'x' } }] });
    expect(carried(spec, { collection: 'FILES', key: 'a' })?.body).toMatchObject({
      parts: [{ filename: 'x', content: { text: '2' } }],
    });
  });

  it('goes into a body that was given as text', () => {
    const raw = request({ kind: 'raw', content: { text: '{"a":"1"}' } }, { headers: [jsonType] });
    expect(carried(raw, arg('json.a'), '"x"')?.body).toEqual({ kind: 'raw', content: { text: '{"a":"\\"x\\""}' } });
    const encoded = request({ kind: 'raw', content: { text: 'a=1&b=2' } }, { headers: [formType] });
    expect(carried(encoded, arg('b'), 'x y')?.body).toEqual({ kind: 'raw', content: { text: 'b=x+y' } });
  });

  it('goes into cookies and headers, beside which all else stays', () => {
    const spec = request(
      { kind: 'form', fields: [['a', '1']] },
      { cookies: [['id', '1']], headers: [['Referer', '/']] },
    );
    expect(carried(spec, { collection: 'REQUEST_COOKIES', key: 'id' })).toEqual({ ...spec, cookies: [['id', 'x']] });
    expect(carried(spec, { collection: 'REQUEST_HEADERS', key: 'Referer' })).toEqual({
      ...spec,
      headers: [['Referer', 'x']],
    });
  });

  it('goes into one of the fields that a variable holds together', () => {
    const form = request({ kind: 'form', fields: [['a', '1']] }, { cookies: [['id', '1']] });
    const body = attackPlace(form, { collection: 'REQUEST_BODY' });
    expect(body?.carry('x').body).toEqual({ kind: 'form', fields: [['a', 'x']] });
    expect(body?.variables).toEqual([{ collection: 'REQUEST_BODY' }, arg('a')]);
    expect(carried(form, { collection: 'REQUEST_HEADERS', key: 'Cookie' })?.cookies).toEqual([['id', 'x']]);
    expect(carried(form, { collection: 'QUERY_STRING' })?.query).toEqual([['q', 'x']]);
  });

  it('goes into the longest text of a document, escaped', () => {
    const spec = request({ kind: 'raw', content: { text: '<a><b>1</b><c>the longest</c></a>' } });
    expect(carried(spec, { collection: 'XML', key: '/*' }, '<x>')?.body).toEqual({
      kind: 'raw',
      content: { text: '<a><b>1</b><c>&lt;x&gt;</c></a>' },
    });
  });

  it('goes into what an earlier rule took from an argument', () => {
    const spec = request({ kind: 'form', fields: [['url', '1']] });
    expect(carried(spec, { collection: 'TX', key: 'rfi_parameter_ARGS:url' })?.body).toMatchObject({
      fields: [['url', 'x']],
    });
  });

  it('takes the place of a body that cannot be read, under the type that it has', () => {
    const spec = request({ kind: 'json', value: {} });
    expect(carried(spec, { collection: 'REQBODY_ERROR' })).toMatchObject({
      headers: [jsonType],
      body: { kind: 'raw', content: { text: 'x' } },
    });
  });

  it('has no place where the variable is no text that a client chooses', () => {
    const spec = request({ kind: 'json', value: { n: 1 } });
    for (const variable of [arg('missing'), arg('json.n'), { collection: 'FILES', key: 'f' }, { collection: 'TX' }]) {
      expect(attackPlace(spec, variable)).toBeUndefined();
    }
    expect(attackPlace(request(none), { collection: 'REQUEST_BODY' })).toBeUndefined();
    expect(attackPlace(request(none), { collection: 'XML', key: '/*' })).toBeUndefined();
  });
});
