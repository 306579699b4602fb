import { describe, expect, test } from 'vitest';
import { captureOpenapi } from '../../../src/record/openapi/capture-openapi.js';
import { patternText } from '../../../src/record/openapi/pattern-text.js';
import { toSuite } from '../../../src/record/to-suite.js';
import { writeSuite } from '../../../src/record/write-suite.js';
import { bodies, captureFile } from '../har/archive.js';

const schemas = {
  Pet: {
    type: 'object',
    discriminator: { propertyName: 'kind', mapping: { feline: '#/components/schemas/Cat' } },
    properties: { kind: { type: 'string' }, name: { const: 'Tom' } },
  },
  Cat: { allOf: [{ $ref: '#/components/schemas/Pet' }, { properties: { lives: { const: 9 } } }] },
  Dog: { allOf: [{ $ref: '#/components/schemas/Pet' }] },
  Plant: { type: 'object', properties: { type: { type: 'string' } } },
  Code: { type: 'string', pattern: '^[A-Z]{2}-\\d{4}$' },
  Anchored: { $anchor: 'town', const: 'Ulm' },
  Named: { $id: 'https://shop.test/schemas/named', const: 'by its id' },
};

async function read(content: object, more: object = {}) {
  const document = {
    openapi: '3.1.0',
    paths: { '/a': { post: { requestBody: { content } } } },
    components: { schemas },
    ...more,
  };
  return captureFile(captureOpenapi, JSON.stringify(document), 'api.json');
}

async function sampleOf(schema: object): Promise<unknown> {
  const source = await read({ 'application/json': { schema: { type: 'object', properties: { v: schema } } } });
  return (JSON.parse(bodies(source)[0] ?? '{}') as { readonly v?: unknown }).v;
}

const ref = (name: string) => ({ $ref: `#/components/schemas/${name}` });

describe('the field that tells schemas apart has the name of', () => {
  test.each([
    ['the one that is chosen', { oneOf: [ref('Plant')], discriminator: { propertyName: 'type' } }, { type: 'Plant' }],
    [
      'the one that is chosen, as it is mapped',
      { anyOf: [ref('Plant')], discriminator: { propertyName: 'type', mapping: { p: 'Plant' } } },
      { type: 'p' },
    ],
    ['a schema below a common one', ref('Dog'), { kind: 'Dog', name: 'Tom' }],
    ['a schema below a common one, as it is mapped', ref('Cat'), { kind: 'feline', name: 'Tom', lives: 9 }],
  ])('%s', async (_, schema, expected) => {
    expect(await sampleOf(schema)).toEqual(expected);
  });
});

describe('a value keeps to', () => {
  test.each([
    ['all that is said of one text', { allOf: [ref('Code'), { maxLength: 7 }] }, /^[A-Z]{2}-\d{4}$/],
    ['a length beside a reference', { allOf: [{ type: 'string' }, { maxLength: 3 }] }, /^.{1,3}$/],
    [
      'a pattern',
      { type: 'string', pattern: '^urn:(?:isbn|issn):[0-9Xx-]{9,17}$' },
      /^urn:(?:isbn|issn):[0-9Xx-]{9,17}$/,
    ],
    ['a pattern and a length', { type: 'string', pattern: '^[a-z]+$', minLength: 40, maxLength: 50 }, /^[a-z]{40,50}$/],
    ['an anchor', { $ref: '#town' }, /^Ulm$/],
    ['a dynamic reference', { $dynamicRef: '#town' }, /^Ulm$/],
    ['an id', { $ref: 'https://shop.test/schemas/named' }, /^by its id$/],
  ])('%s', async (_, schema, expected) => {
    expect(await sampleOf(schema)).toMatch(expected);
  });

  test.each([
    ['texts', { type: 'string' }],
    ['dates', { type: 'string', format: 'date' }],
    ['numbers', { type: 'integer', minimum: 5 }],
    ['choices', { enum: ['a', 'b', 'c', 'd'] }],
    ['objects', { type: 'object', properties: { id: { type: 'integer' } } }],
  ])('lists of %s without one twice', async (_, items) => {
    const list = (await sampleOf({ type: 'array', uniqueItems: true, minItems: 3, items })) as readonly unknown[];
    expect(new Set(list.map((item) => JSON.stringify(item))).size).toBe(3);
    expect(JSON.stringify(list)).not.toContain('null');
  });
});

test.each([
  ['^\\+?[1-9]\\d{1,14}$', /^\+?[1-9]\d{1,14}$/],
  ['^(?:[01]\\d|2[0-3]):[0-5]\\d$', /^(?:[01]\d|2[0-3]):[0-5]\d$/],
  ['[^<>"\\s]{3,}', /[^<>"\s]{3,}/],
  ['^\\w+@\\w+\\.(?<tld>com|org)$', /^\w+@\w+\.(?<tld>com|org)$/],
  ['^#[\\da-fA-F]{6}$', /^#[\da-fA-F]{6}$/],
  ['^a?b*c\\u0041\\x42[\\]\\-x]$', /^a?b*cAB[\]\-x]$/],
])('a text is made for %s', (pattern, expression) => {
  expect(patternText(pattern)).toMatch(expression);
});

test.each([
  '^(?=a)b$',
  '(a)\\1',
  '[',
  '(a',
  'a)',
  '('.repeat(9000),
  `${'(a+)+'.repeat(50)}$`,
  'a{9999}{9999}',
  '[^\\s\\S]',
])('a pattern that cannot be written comes to an end: %s', (pattern) => {
  expect(patternText(pattern)?.length ?? 0).toBeLessThanOrEqual(10_000);
});

test('XML has attributes, names, prefixes and lists as its schema says', async () => {
  const schema = {
    type: 'object',
    xml: { name: 'order', prefix: 's', namespace: 'https://shop.test/ns' },
    properties: {
      id: { const: 7, xml: { attribute: true } },
      note: { const: 'a < "b"', xml: { name: 'remark' } },
      tags: {
        type: 'array',
        items: { const: 'x', xml: { name: 'tag' } },
        minItems: 2,
        xml: { wrapped: true, name: 'tagList' },
      },
      lines: { type: 'array', items: { type: 'object', properties: { q: { const: 1 } } }, xml: { name: 'ignored' } },
      codes: { type: 'array', items: { const: 'c' }, xml: { wrapped: true } },
    },
  };
  expect(bodies(await read({ 'application/xml': { schema } }))).toEqual([
    '<?xml version="1.0" encoding="UTF-8"?>\n<s:order xmlns:s="https://shop.test/ns" id="7"><remark>a &lt; "b"</remark><tagList><tag>x</tag><tag>x</tag></tagList><lines><q>1</q></lines><codes><codes>c</codes></codes></s:order>',
  ]);
});

test('a form is encoded as its fields say', async () => {
  const schema = {
    properties: {
      a: { type: 'array', items: { const: 'x y' }, minItems: 2 },
      o: { properties: { k: { const: 1 } } },
      p: { const: 'a/b' },
    },
  };
  const encoding = {
    a: { style: 'pipeDelimited', explode: false },
    o: { style: 'deepObject' },
    p: { allowReserved: true },
  };
  expect(bodies(await read({ 'application/x-www-form-urlencoded': { schema, encoding } }))).toEqual([
    'a=x%20y%7Cx%20y&o%5Bk%5D=1&p=a/b',
  ]);
});

test('what is not in the requests is told', async () => {
  const many = Object.fromEntries(Array.from({ length: 22 }, (_, i) => [`e${i}`, { value: i }]));
  const { requests, notes } = await read({
    'application/json': { examples: { ...many, far: { externalValue: 'https://h/x' } } },
    'text/plain': {
      examples: { far: { externalValue: 'https://h/x' }, none: { value: { a: 1 } } },
      schema: { const: 'plain' },
    },
    'application/x-protobuf': { schema: { properties: { a: { const: 1 } } } },
    'multipart/form-data': { schema: { properties: { f: { const: 1 } } }, encoding: { f: { headers: { 'X-A': {} } } } },
    'text/csv': { schema: { type: 'string', pattern: '^(?=x)y$' } },
    'text/html': { schema: { const: 'h' } },
  });
  expect(requests).toHaveLength(23);
  expect(notes).toEqual([
    'media types beyond 5 of one body: 1 (text/html)',
    'examples beyond 20 of one body: 3 (e20, e21, far)',
    'examples that stand in other files (externalValue): 1 (far)',
    'examples that are none of their media type: 1 (text/plain)',
    'media types in which no value can be written, beside others: 1 (application/x-protobuf)',
    'headers of parts, which are not sent: 1 (f)',
    'values that may not fit the pattern of their field: 1 (body)',
  ]);
});

test('version 2 has a body for each type that an operation takes', async () => {
  const operation = (parameters: readonly object[], consumes?: readonly string[]) => ({
    post: { parameters, consumes },
  });
  const source = await captureFile(
    captureOpenapi,
    JSON.stringify({
      swagger: '2.0',
      consumes: ['application/json', 'application/xml'],
      paths: {
        '/a': operation([{ in: 'body', name: 'b', schema: { $ref: '#/definitions/A' } }]),
        '/b': operation([{ in: 'body', name: 'b', schema: { $ref: '#/definitions/A' } }], ['application/json']),
        '/c': operation(
          [{ in: 'formData', name: 'f', type: 'string', enum: ['x'] }],
          ['multipart/form-data', 'application/x-www-form-urlencoded'],
        ),
      },
      definitions: { A: { properties: { id: { enum: [1], xml: { attribute: true } } } } },
    }),
    'api.json',
  );
  expect(source.requests.map(({ headers }, i) => [headers[0]?.[1], bodies(source)[i]])).toEqual([
    ['application/json', '{"id":1}'],
    ['application/xml', '<?xml version="1.0" encoding="UTF-8"?>\n<A id="1"></A>'],
    ['application/json', '{"id":1}'],
    ['application/x-www-form-urlencoded', 'f=x'],
    [expect.stringMatching(/^multipart\/form-data; boundary=/), expect.stringContaining('name="f"\r\n\r\nx\r\n')],
  ]);
});

test('a path has its endpoint beside it, so that no exclusion is written for one value of a parameter', async () => {
  const parameter = (name: string, schema: object) => ({ in: 'path', name, required: true, schema });
  const document = {
    openapi: '3.0.0',
    servers: [{ url: 'https://shop.test/v1/' }],
    paths: {
      '/orgs/{org}/repos/{n}/{secret_name}': {
        parameters: [
          parameter('org', { type: 'string' }),
          parameter('n', { type: 'integer' }),
          parameter('secret_name', { type: 'string' }),
        ],
        delete: {},
      },
      '/files/{id}.json': { parameters: [parameter('id', { type: 'string', format: 'uuid' })], put: {} },
      '/plain': { get: {} },
    },
  };
  const { requests } = await captureFile(captureOpenapi, JSON.stringify(document), 'api.json');
  const { suites, leftOut } = toSuite(requests, { source: 'api.json', stem: 'api', isRecorded: false, isMadeUp: true });
  expect(leftOut).toEqual([]);
  const text = suites.map(writeSuite).join('');
  expect(text).toContain('endpoint: /v1/orgs/{name}/repos/{number}/{name}\n');
  expect(text).toContain('endpoint: /v1/files/{name}\n');
  expect(text.match(/endpoint:/g)).toHaveLength(2);
});
