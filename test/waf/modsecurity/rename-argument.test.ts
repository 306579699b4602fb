import { describe, expect, it } from 'vitest';
import type { Pair, RequestBody, RequestSpec } from '../../../src/model/request.js';
import { renameArgument } from '../../../src/waf/modsecurity/rename-argument.js';

function request(body: RequestBody, more: Partial<RequestSpec> = {}): RequestSpec {
  return { method: 'POST', path: '/a', query: [], headers: [], cookies: [], body, omittedHeaders: [], ...more };
}

const arg = (key: string) => ({ collection: 'ARGS', key });

describe('a neighbouring argument', () => {
  it('has the same text under another name, in a query before a body', () => {
    const form: RequestBody = { kind: 'form', fields: [['a', '1']] };
    expect(renameArgument(request(form), arg('a'), 'b')?.body).toEqual({ kind: 'form', fields: [['b', '1']] });
    const both = renameArgument(request(form, { query: [['a', '2']] }), { collection: 'ARGS_GET', key: 'a' }, 'b');
    expect(both).toMatchObject({ query: [['b', '2']], body: form });
  });

  it('is found in JSON, in parts and in bodies that were given as text', () => {
    const nested = request({ kind: 'json', value: { o: { a: '1', n: 2 }, list: [{ a: '3' }] } });
    expect(renameArgument(nested, arg('json.o.a'), 'b')?.body).toEqual({
      kind: 'json',
      value: { o: { b: '1', n: 2 }, list: [{ a: '3' }] },
    });
    expect(renameArgument(nested, arg('json.list.array_0.a'), 'b')?.body).toMatchObject({
      value: { list: [{ b: '3' }] },
    });
    const parts = [
      { name: 'a', filename: 'f', content: { text: '1' } },
      { name: 'a', content: { text: '2' } },
    ];
    expect(renameArgument(request({ kind: 'multipart', boundary: 'b', parts }), arg('a'), 'b')?.body).toMatchObject({
      parts: [{ name: 'a' }, { name: 'b' }],
    });
    const formType: Pair = ['Content-Type', 'application/x-www-form-urlencoded'];
    const raw = request({ kind: 'raw', content: { text: 'a=1&c=2' } }, { headers: [formType] });
    expect(renameArgument(raw, arg('a'), 'b')?.body).toEqual({ kind: 'raw', content: { text: 'b=1&c=2' } });
    const json = request({ kind: 'raw', content: { text: '{"a":"1"}' } });
    expect(renameArgument(json, arg('json.a'), 'b')?.body).toEqual({ kind: 'raw', content: { text: '{"b":"1"}' } });
  });

  it('does not exist for headers and cookies, whose names rules choose by, nor for what is not there', () => {
    const spec = request({ kind: 'json', value: { n: 1 } }, { cookies: [['id', '1']] });
    expect(renameArgument(spec, { collection: 'REQUEST_COOKIES', key: 'id' }, 'other')).toBeUndefined();
    for (const key of ['missing', 'json.n', 'json.o']) expect(renameArgument(spec, arg(key), 'b')).toBeUndefined();
    expect(renameArgument(request({ kind: 'raw', content: { text: 'no JSON' } }), arg('json.a'), 'b')).toBeUndefined();
  });
});
