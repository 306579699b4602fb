import { describe, expect, it } from 'vitest';
import type { RequestBody } from '../../src/model/request.js';
import { asGiven, isJsonType, maxJsonLevels, readBody } from '../../src/request/read-body.js';

function text(content: string): RequestBody {
  return { kind: 'raw', content: { text: content } };
}

function read(content: string, type: string, name = 'Content-Type'): RequestBody {
  return readBody({ body: text(content), headers: [[name, type]] });
}

const form: RequestBody = { kind: 'form', fields: [['a', 'b c']] };
const json: RequestBody = { kind: 'json', value: { a: 1 } };

describe('a body that was given as text', () => {
  it.each([
    ['application/x-www-form-urlencoded', 'a=b+c', form],
    ['Application/X-WWW-Form-Urlencoded; charset=utf-8', 'a=b+c', form],
    ['application/json', '{"a":1}', json],
    ['APPLICATION/JSON; charset=utf-8', '{"a":1}', json],
    ['application/problem+json', '{"a":1}', json],
    ['application/vnd.api-v1.2+json', '{"a":1}', json],
  ])('is what its type says: %s', (type, content, expected) => {
    expect(read(content, type)).toEqual(expected);
    expect(read(content, type, 'content-TYPE')).toEqual(expected);
  });

  it.each([
    ['text/plain', '{"a":1}'],
    ['text/plain; was=application/json', '{"a":1}'],
    ['x-application/x-www-form-urlencoded', 'a=1'],
    ['application/+json', '{"a":1}'],
    ['application/json', '{"a":'],
    ['', 'a=1'],
  ])('is text where it cannot be read as %j', (type, content) => {
    expect(read(content, type)).toEqual(text(content));
  });

  it('is text without a type', () => {
    const body = text('{"a":1}');
    expect(readBody({ body, headers: [['Accept', 'application/json']] })).toBe(body);
  });

  it('is JSON as deep as engines take it, and text beyond', () => {
    const nested = (levels: number) => `${'['.repeat(levels)}${']'.repeat(levels)}`;
    expect(read(nested(maxJsonLevels), 'application/json').kind).toBe('json');
    expect(read(nested(maxJsonLevels + 1), 'application/json').kind).toBe('raw');
  });
});

describe('another body', () => {
  it.each<RequestBody>([{ kind: 'none' }, form, json, { kind: 'raw', content: { base64: 'e30=' } }])(
    'is what it is, whatever the type says: %j',
    (body) => {
      expect(readBody({ body, headers: [['Content-Type', 'application/json']] })).toBe(body);
    },
  );
});

describe('a changed body', () => {
  const parts: RequestBody = { kind: 'multipart', boundary: 'b', parts: [] };

  it('is text again where it was given as text', () => {
    expect(asGiven(text(''), json)).toEqual(text('{"a":1}'));
    expect(asGiven(text(''), form)).toEqual(text('a=b+c'));
    for (const body of [{ kind: 'none' } as const, text('x'), parts]) expect(asGiven(text(''), body)).toBe(body);
  });

  it('stays what it is otherwise', () => {
    for (const body of [form, json, parts]) expect(asGiven(json, body)).toBe(body);
  });
});

it('knows which types are JSON', () => {
  const types = ['application/json', 'application/ld+json', 'text/json', 'application/xml', 'application/jose+json;x'];
  expect(types.map(isJsonType)).toEqual([true, true, false, false, true]);
});
