import { expect, test } from 'vitest';
import { formatVariable } from '../../../src/model/evidence.js';
import type { RequestSpec } from '../../../src/model/request.js';
import { awsFieldNames } from '../../../src/waf/aws/field-names.js';

const request: RequestSpec = {
  method: 'POST',
  path: '/orders',
  query: [['Sort', 'up']],
  headers: [['X-Note', 'n']],
  cookies: [['sid', 'c']],
  body: { kind: 'json', value: { items: [{ 'a/b': 'first' }, { 'a~b': 'second' }] } },
  omittedHeaders: [],
};

const fieldOf = (collection: string, key?: string) =>
  awsFieldNames.fieldsIn(request)(key === undefined ? { collection } : { collection, key });

test('a name leads to its place in the request, of whatever case the WAF does not mind', () => {
  expect(fieldOf('SingleQueryArgument', 'sort')).toEqual({ kind: 'query', name: 'Sort' });
  expect(fieldOf('SingleHeader', 'x-note')).toEqual({ kind: 'header', name: 'X-Note' });
  expect(fieldOf('Cookies', 'sid')).toEqual({ kind: 'cookie', name: 'sid' });
  expect(fieldOf('JsonBody', '/items/1/a~0b')).toEqual({ kind: 'json', path: ['items', 1, 'a~b'] });
  expect([fieldOf('UriPath'), fieldOf('Body'), fieldOf('AllQueryArguments')]).toEqual([
    { kind: 'path' },
    { kind: 'body' },
    { kind: 'query' },
  ]);
  expect([fieldOf('JA3Fingerprint'), fieldOf('constructor'), fieldOf('UNKNOWN')]).toEqual([
    undefined,
    undefined,
    undefined,
  ]);
});

test('rules see each argument, header and cookie, values in JSON, and the body as one text', () => {
  const seen = awsFieldNames.valuesIn(request).map(({ field }) => formatVariable(awsFieldNames.nameOf(field)));
  expect(seen).toEqual([
    'SingleQueryArgument:Sort',
    'SingleHeader:X-Note',
    'Cookies:sid',
    'JsonBody:/items/0/a~1b',
    'JsonBody:/items/1/a~0b',
    'Body',
  ]);
  const form: RequestSpec = { ...request, body: { kind: 'form', fields: [['note', 'n']] } };
  expect(awsFieldNames.valuesIn(form).at(-1)).toEqual({ field: { kind: 'body' }, value: 'note=n' });
  expect(awsFieldNames.nameOf({ kind: 'form', name: 'note' })).toEqual({ collection: 'Body' });
});

test('a component includes what is in it', () => {
  const includes = (one: string, other: string) => {
    const [collection = '', key] = other.split(':');
    return awsFieldNames.includes({ collection: one }, key === undefined ? { collection } : { collection, key });
  };
  expect(includes('AllQueryArguments', 'SingleQueryArgument:q')).toBe(true);
  expect(includes('Body', 'JsonBody:/a')).toBe(true);
  expect(includes('Cookies', 'Cookies:sid')).toBe(true);
  expect(includes('Headers', 'Body')).toBe(false);
});
