import { describe, expect, it } from 'vitest';
import type { FieldPath } from '../../src/model/field.js';
import type { Pair, RequestBody, RequestSpec } from '../../src/model/request.js';
import { renameField } from '../../src/request/rename-field.js';
import { nestedJson } from './random-request.js';

function request(body: RequestBody, more: Partial<RequestSpec> = {}): RequestSpec {
  return { method: 'POST', path: '/a', query: [], headers: [], cookies: [], body, omittedHeaders: [], ...more };
}

const argument: FieldPath = { kind: 'argument', name: 'a' };
const inJson = (...path: (string | number)[]): FieldPath => ({ kind: 'json', path });

describe('a neighbouring field', () => {
  it('has the same text under another name, in a query before a body', () => {
    const form: RequestBody = { kind: 'form', fields: [['a', '1']] };
    expect(renameField(request(form), { kind: 'form', name: 'a' }, 'b')?.body).toEqual({
      kind: 'form',
      fields: [['b', '1']],
    });
    const both = request(form, { query: [['a', '2']] });
    expect(renameField(both, argument, 'b')).toEqual({ ...both, query: [['b', '2']] });
    expect(renameField(both, { kind: 'form', name: 'a' }, 'b')?.query).toEqual([['a', '2']]);
  });

  it('is found in JSON, in parts and in bodies that were given as text', () => {
    const nested = request({ kind: 'json', value: { o: { a: '1', n: 2 }, list: [{ a: '3' }] } });
    expect(renameField(nested, inJson('o', 'a'), 'b')?.body).toEqual({
      kind: 'json',
      value: { o: { b: '1', n: 2 }, list: [{ a: '3' }] },
    });
    expect(renameField(nested, inJson('list', 0, 'a'), 'b')?.body).toMatchObject({ value: { list: [{ b: '3' }] } });
    const parts = [
      { name: 'a', filename: 'f', content: { text: '1' } },
      { name: 'a', content: { text: '2' } },
    ];
    const multipart = request({ kind: 'multipart', boundary: 'b', parts });
    expect(renameField(multipart, { kind: 'part', name: 'a' }, 'b')?.body).toMatchObject({
      parts: [{ name: 'a' }, { name: 'b' }],
    });
    const raw = (text: string, type: string) =>
      request({ kind: 'raw', content: { text } }, { headers: [['Content-Type', type] as Pair] });
    const form = raw('a=1&c=2', 'application/x-www-form-urlencoded');
    expect(renameField(form, argument, 'b')?.body).toEqual({ kind: 'raw', content: { text: 'b=1&c=2' } });
    const json = raw('{"a":"1"}', 'application/json');
    expect(renameField(json, inJson('a'), 'b')?.body).toEqual({ kind: 'raw', content: { text: '{"b":"1"}' } });
  });

  it('does not exist for headers and cookies, whose names rules choose by, nor for what is not there', () => {
    const spec = request({ kind: 'json', value: { n: 1, o: {}, list: ['a'] } }, { cookies: [['id', '1']] });
    expect(renameField(spec, { kind: 'cookie', name: 'id' }, 'other')).toBeUndefined();
    expect(renameField(spec, { kind: 'header', name: 'id' }, 'other')).toBeUndefined();
    for (const kind of ['body', 'url', 'xml'] as const) expect(renameField(spec, { kind }, 'other')).toBeUndefined();
    for (const path of [['missing'], ['n'], ['o'], ['list', 0], []]) {
      expect(renameField(spec, inJson(...path), 'b')).toBeUndefined();
    }
    expect(renameField(request({ kind: 'raw', content: { text: 'no JSON' } }), inJson('a'), 'b')).toBeUndefined();
  });

  it('leaves all other fields as they are, and those of the same name with it are renamed too', () => {
    const query: Pair[] = [
      ['a', '1'],
      ['c', '2'],
      ['a', '3'],
    ];
    const spec = request({ kind: 'none' }, { query });
    expect(renameField(spec, { kind: 'query', name: 'a' }, 'b')).toEqual({
      ...spec,
      query: [
        ['b', '1'],
        ['c', '2'],
        ['b', '3'],
      ],
    });
    const parts = [
      { name: 'c', content: { text: '1' } },
      { name: 'a', type: 'text/html', content: { text: '2' } },
    ];
    const multipart = request({ kind: 'multipart', boundary: 'x', parts });
    expect(renameField(multipart, argument, 'b')?.body).toEqual({
      kind: 'multipart',
      boundary: 'x',
      parts: [parts[0], { ...parts[1], name: 'b' }],
    });
  });

  it('does not exist for names, for files, nor for a body of another kind', () => {
    const form = request({ kind: 'form', fields: [['a', '1']] });
    expect(renameField(form, { ...argument, of: 'name' }, 'b')).toBeUndefined();
    expect(renameField(form, { kind: 'query', name: 'a' }, 'b')).toBeUndefined();
    expect(renameField(form, { kind: 'form', name: 'c' }, 'b')).toBeUndefined();
    const files = [{ name: 'a', filename: 'f', content: { text: '1' } }];
    const upload = request({ kind: 'multipart', boundary: 'x', parts: files });
    expect(renameField(upload, { kind: 'part', name: 'a' }, 'b')).toBeUndefined();
    expect(renameField(upload, { kind: 'part', name: 'a', of: 'filename' }, 'b')).toBeUndefined();
    expect(renameField(request({ kind: 'none' }), argument, 'b')).toBeUndefined();
  });

  it('is found however deep JSON is nested', () => {
    const path = Array.from({ length: 10_000 }, (_, index) => (index % 2 === 0 ? 0 : 'a'));
    const spec = request({ kind: 'json', value: nestedJson(10_000) });
    expect(renameField(spec, inJson(...path), 'b')).toBeDefined();
  });
});
