import { describe, expect, it } from 'vitest';
import type { RequestBody, RequestSpec } from '../../../src/model/request.js';
import { isolate } from '../../../src/waf/modsecurity/isolate-request.js';

function request(body: RequestBody, query: RequestSpec['query'] = []): RequestSpec {
  return { method: 'POST', path: '/a', query, headers: [['X-A', 'b']], cookies: [], body, omittedHeaders: [] };
}

const arg = (key: string) => ({ collection: 'ARGS', key });

describe('a request with one argument only', () => {
  it('keeps the field of a form', () => {
    const form = request(
      {
        kind: 'form',
        fields: [
          ['a', '1'],
          ['b', '2'],
          ['a', '3'],
        ],
      },
      [['q', 'x']],
    );
    expect(isolate(form, arg('a'))).toEqual(
      request({
        kind: 'form',
        fields: [
          ['a', '1'],
          ['a', '3'],
        ],
      }),
    );
    expect(isolate(form, arg('q')).query).toEqual([['q', 'x']]);
  });

  it('keeps the member of a JSON body, and the place of an element', () => {
    const value = { a: { b: 'x', c: 'y' }, items: ['p', { n: 'q', m: 'r' }, 's'] };
    expect(isolate(request({ kind: 'json', value }), arg('json.items.array_1.n')).body).toEqual({
      kind: 'json',
      value: { items: [0, { n: 'q' }, 0] },
    });
    const raw = { kind: 'raw', content: { text: JSON.stringify(value) } } as const;
    expect(isolate(request(raw), arg('json.a.b')).body).toEqual({ kind: 'raw', content: { text: '{"a":{"b":"x"}}' } });
  });

  it('keeps the part of a multipart body that is no file', () => {
    const part = (name: string, filename?: string) => ({ name, content: { text: 'x' }, ...(filename && { filename }) });
    const body = { kind: 'multipart', boundary: 'b', parts: [part('a'), part('b'), part('a', 'f.txt')] } as const;
    expect(isolate(request(body), arg('a')).body).toEqual({ ...body, parts: [part('a')] });
  });

  it('is the request as it is where the variable is no argument, or the body cannot be read', () => {
    const odd = request({ kind: 'raw', content: { text: '{' } });
    expect(isolate(odd, arg('json.a'))).toEqual(odd);
    expect(isolate(odd, { collection: 'REQUEST_HEADERS', key: 'X-A' })).toBe(odd);
  });
});
