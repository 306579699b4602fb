import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Variable } from '../../../src/model/evidence.js';
import type { FieldPath } from '../../../src/model/field.js';
import type { Pair, RequestBody, RequestSpec } from '../../../src/model/request.js';
import { encodeRequest } from '../../../src/request/encode-request.js';
import { sameField } from '../../../src/request/field-paths.js';
import { requestFields } from '../../../src/request/request-fields.js';
import { modsecurityFieldNames } from '../../../src/waf/modsecurity/field-names.js';
import { requestVariables } from '../../../src/waf/modsecurity/request-variables.js';
import { nestedJson, randomRequest } from '../../request/random-request.js';

const { fieldsIn, nameOf } = modsecurityFieldNames;

function request(body: RequestBody, more: Partial<RequestSpec> = {}): RequestSpec {
  return { method: 'POST', path: '/a', query: [], headers: [], cookies: [], body, omittedHeaders: [], ...more };
}

/** `ARGS:a`, read as a variable. */
function variable(text: string): Variable {
  const [, collection = '', key] = /^([^:]+)(?::(.*))?$/s.exec(text) ?? [];
  return key === undefined ? { collection } : { collection, key };
}

function fieldOf(spec: RequestSpec, name: string): FieldPath | undefined {
  return fieldsIn(spec)(variable(name));
}

const none: RequestBody = { kind: 'none' };
const form: RequestBody = { kind: 'form', fields: [['a', '1']] };
const nested: RequestBody = { kind: 'json', value: { items: [{ note: 'a' }, { note: 'b' }], '': 1, 'x.y': 'z' } };

it('has a variable for each field, which is in that field', () => {
  fc.assert(
    fc.property(randomRequest, (spec) => {
      const lookUp = fieldsIn(spec);
      for (const { field } of requestFields(spec).fields) expect(lookUp(nameOf(field))).toEqual(field);
    }),
  );
});

it('names fields as the engine does, with the same values', () => {
  fc.assert(
    fc.property(randomRequest, (spec) => {
      const lookUp = fieldsIn(spec);
      const seen = requestVariables(encodeRequest(spec)).map((one) => ({ ...one, field: lookUp(one.variable) }));
      for (const { field, value } of requestFields(spec).fields) {
        const own = seen.filter((one) => one.field !== undefined && sameField(one.field, field));
        expect(own.map((one) => one.value)).toContain(field.kind === 'cookie' ? value.trim() : value);
      }
    }),
  );
});

describe('the field of a variable', () => {
  it('is an argument where it is sent', () => {
    expect(fieldOf(request(form), 'ARGS:a')).toEqual({ kind: 'form', name: 'a' });
    expect(fieldOf(request(form), 'ARGS_POST_NAMES:a')).toEqual({ kind: 'form', name: 'a', of: 'name' });
    expect(fieldOf(request(none, { query: [['q', '1']] }), 'ARGS_GET:q')).toEqual({ kind: 'query', name: 'q' });
    expect(fieldOf(request(none, { path: '/a?b%20c=1' }), 'ARGS:b c')).toEqual({ kind: 'query', name: 'b c' });
    const text: Pair = ['Content-Type', 'application/x-www-form-urlencoded'];
    const raw = request({ kind: 'raw', content: { text: 'a=1' } }, { headers: [text] });
    expect(fieldOf(raw, 'ARGS:a')).toEqual({ kind: 'form', name: 'a' });
  });

  it('is an argument in the query and in the body where it is in both', () => {
    const both = request(form, { query: [['a', '2']] });
    expect(fieldOf(both, 'ARGS:a')).toEqual({ kind: 'argument', name: 'a' });
    expect(fieldOf(both, 'ARGS_GET:a')).toEqual({ kind: 'query', name: 'a' });
    expect(fieldOf(both, 'ARGS_POST:a')).toEqual({ kind: 'form', name: 'a' });
    expect(fieldOf(both, 'ARGS:missing')).toEqual({ kind: 'argument', name: 'missing' });
    expect(fieldOf(both, 'ARGS')).toEqual({ kind: 'argument' });
  });

  it.each<[string, FieldPath]>([
    ['ARGS:json.items.array_1.note', { kind: 'json', path: ['items', 1, 'note'] }],
    ['ARGS:json.items.array_*.note', { kind: 'json', path: ['items', null, 'note'] }],
    ['ARGS:json.items.1.note', { kind: 'json', path: ['items', 1, 'note'] }],
    ['ARGS:items.items.note', { kind: 'json', path: ['items', null, 'note'] }],
    ['ARGS:json.empty-key', { kind: 'json', path: [''] }],
    ['ARGS:json.x.y', { kind: 'json', path: ['x.y'] }],
    ['ARGS_NAMES:json.items.array_0.note', { kind: 'json', path: ['items', 0, 'note'], of: 'name' }],
    ['ARGS:json.gone.array_7', { kind: 'json', path: ['gone', 7] }],
  ])('%s is in JSON, as each engine names it', (name, field) => {
    expect(fieldOf(request(nested), name)).toEqual(field);
  });

  it('is a part of a multipart body, however the body was given', () => {
    const parts = [
      { name: 'a', content: { text: '1' } },
      { name: 'f', filename: 'x.php', content: { text: '2' } },
    ];
    const spec = request({ kind: 'multipart', boundary: 'b', parts });
    const { body } = encodeRequest(spec);
    const type: Pair = ['Content-Type', 'multipart/form-data; boundary=b'];
    const raw = request({ kind: 'raw', content: { text: Buffer.from(body).toString() } }, { headers: [type] });
    for (const one of [spec, raw]) {
      expect(fieldOf(one, 'ARGS:a')).toEqual({ kind: 'part', name: 'a' });
      expect(fieldOf(one, 'FILES:f')).toEqual({ kind: 'part', name: 'f', of: 'filename' });
      expect(fieldOf(one, 'FILES_NAMES:f')).toEqual({ kind: 'part', name: 'f', of: 'name' });
      expect(fieldOf(one, 'MULTIPART_PART_HEADERS:f')).toEqual({ kind: 'part', name: 'f', of: 'headers' });
    }
  });

  it('has the name that was sent, whatever case an engine writes it in', () => {
    const spec = request(form, { headers: [['Referer', '/']], cookies: [['Id', '1']] });
    expect(fieldOf(spec, 'REQUEST_HEADERS:referer')).toEqual({ kind: 'header', name: 'Referer' });
    expect(fieldOf(spec, 'REQUEST_COOKIES_NAMES:id')).toEqual({ kind: 'cookie', name: 'Id', of: 'name' });
    expect(fieldOf(spec, 'args:A')).toEqual({ kind: 'form', name: 'a' });
  });

  it.each<[string, FieldPath | undefined]>([
    ['REQUEST_METHOD', { kind: 'method' }],
    ['REQUEST_URI', { kind: 'url' }],
    ['REQUEST_FILENAME', { kind: 'path' }],
    ['QUERY_STRING', { kind: 'query-string' }],
    ['REQUEST_BODY', { kind: 'body' }],
    ['REQBODY_ERROR', { kind: 'body-syntax' }],
    ['XML:/*', { kind: 'xml' }],
    ['XML://@*', { kind: 'xml', of: 'attributes' }],
    ['TX:rfi_parameter_ARGS:a', { kind: 'form', name: 'a' }],
    ['TX:score', undefined],
    ['FILES_COMBINED_SIZE', undefined],
    ['UNKNOWN', undefined],
  ])('of %s', (name, field) => {
    expect(fieldOf(request(form), name)).toEqual(field);
  });

  it('is found in JSON of any depth', () => {
    const deep = request({ kind: 'json', value: { a: '1', b: nestedJson(10_000) } });
    expect(fieldOf(deep, 'ARGS:json.a')).toEqual({ kind: 'json', path: ['a'] });
  });
});
