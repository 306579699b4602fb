import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, onTestFinished, test } from 'vitest';
import type { CapturedSource } from '../../../src/record/capturing.js';
import { captureOpenapi } from '../../../src/record/openapi/capture-openapi.js';
import { bodies, captureFile } from '../har/archive.js';

type Others = Record<string, string>;

function read(document: object | string, others: Others = {}, allowOutside = false): Promise<CapturedSource> {
  const content = typeof document === 'string' ? document : JSON.stringify(document);
  return captureFile(
    (source, settings) => captureOpenapi(source, { ...settings, allowOutside }),
    content,
    'api.yaml',
    others,
  );
}

/** A document of version 3.0 with one operation at `/a`. */
function post(operation: object, more: object = {}): object {
  return {
    openapi: '3.0.3',
    servers: [{ url: 'https://{e}.test/v1/', variables: { e: { default: 'shop' } } }],
    paths: { '/a': { post: operation } },
    ...more,
  };
}

const json = (media: object) => ({ requestBody: { content: { 'application/json': media } } });

async function bodyOf(operation: object, more: object = {}): Promise<string | undefined> {
  return bodies(await read(post(operation, more)))[0];
}

test('a document in YAML may take parts in by merge keys', async () => {
  const source = await read(`openapi: 3.0.3
servers: [{ url: "https://shop.test" }]
x-errors: &errors { "400": { description: no } }
paths:
  /a:
    post:
      requestBody: { content: { application/json: { example: { t: "1 < 2" } } } }
      responses: { <<: *errors, "200": { description: yes } }
`);
  expect(bodies(source)).toEqual(['{"t":"1 < 2"}']);
});

describe('a body', () => {
  test('is each of the examples that the document gives', async () => {
    const examples = { one: { $ref: '#/components/examples/n' }, two: { value: { t: 'SELECT 1' } } };
    const source = await read(
      post(
        { operationId: 'add', ...json({ examples }) },
        { components: { examples: { n: { value: { t: '5 < 6' } } } } },
      ),
    );
    expect([bodies(source), source.requests.map(({ title, url }) => `${title} ${url}`)]).toEqual([
      ['{"t":"5 < 6"}', '{"t":"SELECT 1"}'],
      ['add/one https://shop.test/v1/a', 'add/two https://shop.test/v1/a'],
    ]);
  });

  test('has values that fit, where there is no example', async () => {
    const schema = {
      allOf: [
        {
          type: 'object',
          properties: {
            id: { type: 'integer', readOnly: true },
            n: { type: 'integer', minimum: 3 },
            kind: { enum: ['a', 'b'] },
            at: { type: 'string', format: 'date-time' },
          },
        },
        {
          properties: {
            title: { type: 'string', maxLength: 9 },
            code: { type: 'string', pattern: '^[A-Z]{3}$' },
            tags: { type: 'array', minItems: 2, items: { type: 'string', example: 'x & y' } },
            ok: { type: ['null', 'boolean'] },
          },
        },
      ],
    };
    const value = JSON.parse((await bodyOf(json({ schema }))) ?? '');
    expect(value).toEqual({
      n: 3,
      kind: 'a',
      at: '2026-01-02T08:00:00Z',
      title: expect.any(String),
      code: 'ABC',
      tags: ['x & y', 'x & y'],
      ok: true,
    });
    expect(Array.from(value.title as string).length).toBeLessThanOrEqual(9);
  });

  test('has texts that people type: "string" is what no rule stops', async () => {
    const names = ['comment', 'author', 'website', 'phone', 'title', 'email'];
    const properties = Object.fromEntries(names.map((name) => [name, { type: 'string' }]));
    const value = JSON.parse((await bodyOf(json({ schema: { properties } }))) ?? '');
    expect(Object.values(value)).not.toContain('string');
    expect(new Set(Object.values(value)).size).toBe(names.length);
    expect(value.email).toContain('@');
  });

  test.each<[string, object, string]>([
    [
      'application/x-www-form-urlencoded',
      { schema: { properties: { u: { example: "o'neil" }, p: { example: 'p&ss w' } } } },
      'u=o%27neil&p=p%26ss+w',
    ],
    [
      'application/xml',
      { example: { a: ['1', '<2>'] } },
      '<?xml version="1.0" encoding="UTF-8"?>\n<request><a>1</a><a>&lt;2&gt;</a></request>',
    ],
    ['text/plain', { example: 'plain' }, 'plain'],
  ])('may be of type %s', async (type, media, expected) => {
    expect(await bodyOf({ requestBody: { content: { [type]: media } } })).toBe(expected);
  });

  test('may be a form with files', async () => {
    const schema = {
      properties: {
        t: { example: 'T' },
        m: { type: 'object', example: { a: 1 } },
        f: { type: 'string', format: 'binary' },
      },
    };
    const body = await bodyOf({
      requestBody: { content: { 'multipart/form-data': { schema, encoding: { f: { contentType: 'image/png' } } } } },
    });
    expect(body).toContain('name="t"\r\n\r\nT\r\n');
    expect(body).toContain('name="m"\r\nContent-Type: application/json\r\n\r\n{"a":1}\r\n');
    expect(body).toContain('name="f"; filename="f.png"\r\nContent-Type: image/png\r\n\r\n\ufffdPNG');
  });

  test('is made of parameters in version 2', async () => {
    const parameters = [
      { name: 'id', in: 'path', required: true, type: 'integer' },
      { name: 'n', in: 'formData', type: 'string', default: 'a b' },
      { name: 'f', in: 'formData', type: 'file' },
    ];
    const source = await read({
      swagger: '2.0',
      host: 'shop.test',
      basePath: '/v2',
      schemes: ['http'],
      paths: {
        '/p/{id}': {
          put: { parameters },
          post: {
            consumes: ['application/json'],
            parameters: [parameters[0], { name: 'b', in: 'body', schema: { $ref: '#/definitions/B' } }],
          },
        },
      },
      definitions: { B: { properties: { x: { type: 'number', example: 2 } } } },
    });
    expect(source.requests.map(({ method, url }) => `${method} ${url}`)).toEqual([
      'PUT http://shop.test/v2/p/1',
      'POST http://shop.test/v2/p/1',
    ]);
    expect(bodies(source)[0]).toContain('name="n"\r\n\r\na b\r\n');
    expect(bodies(source)[1]).toBe('{"x":2}');
  });
});

test('parameters go where they belong, and authorization is to be set', async () => {
  const parameters = [
    { name: 'q', in: 'query', required: true, schema: { type: 'array', items: { type: 'string', example: 'a b' } } },
    { name: 'd', in: 'query', style: 'deepObject', example: { x: '1' } },
    { name: 'off', in: 'query', schema: { type: 'string' } },
    { name: 'X-T', in: 'header', example: 't' },
    { name: 'sid', in: 'cookie', schema: { default: 's' } },
    { name: 'Accept', in: 'header', example: 'x' },
  ];
  const { requests } = await read(
    post(
      { parameters, security: [{ key: [] }] },
      {
        components: { securitySchemes: { key: { type: 'apiKey', in: 'header', name: 'X-Key' } } },
        security: [{ other: [] }],
      },
    ),
  );
  expect(requests[0]).toMatchObject({
    url: 'https://shop.test/v1/a?q=a%20b&d%5Bx%5D=1',
    headers: [
      ['X-T', 't'],
      ['X-Key', 'KEY-OF-THE-API'],
      ['Cookie', 'sid=s'],
    ],
  });
});

test('what the application sends itself is left out', async () => {
  const { requests, leftOut } = await read({ openapi: '3.1.0', webhooks: { paid: { post: {} } } });
  expect([requests, leftOut]).toEqual([
    [],
    [{ name: 'paid', reason: 'a webhook, which the application sends itself' }],
  ]);
});

describe('references', () => {
  const referring = ($ref: string) => post(json({ schema: { $ref } }));

  test('lead to files of the same folder, and on from there', async () => {
    const others = {
      'd/a.yaml': 'S: { properties: { x: { $ref: "b.json#/T" } } }',
      'd/b.json': '{"T":{"example":"found"}}',
    };
    expect(bodies(await read(referring('d/a.yaml#/S'), others))).toEqual(['{"x":"found"}']);
  });

  test('lead nowhere else unless that is allowed', async () => {
    const server = createServer((_, response) => response.end('{"example":{"from":"afar"}}')).listen(0, '127.0.0.1');
    onTestFinished(() => void server.close());
    await new Promise((resolve) => server.once('listening', resolve));
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/s.json`;
    const refused = await read(referring(url));
    expect([bodies(refused), refused.notes]).toEqual([
      ['{}'],
      [`not followed: ${url} is on another host (--allow-outside fetches it)`],
    ]);
    expect(bodies(await read(referring(url), {}, true))).toEqual(['{"from":"afar"}']);
    const outside = await read(referring('../../../etc/passwd'));
    expect(outside.notes).toEqual([
      'not followed: ../../../etc/passwd is not in the folder of the source (--allow-outside reads it)',
    ]);
  });

  test.each([
    ['a circle', { A: { $ref: '#/components/schemas/B' }, B: { $ref: '#/components/schemas/A' } }],
    [
      'a schema in itself',
      {
        A: {
          properties: {
            a: { $ref: '#/components/schemas/A' },
            b: { type: 'array', items: { $ref: '#/components/schemas/A' } },
            x: { example: 1 },
          },
        },
      },
    ],
    [
      'schemas that grow without end',
      Object.fromEntries(
        Array.from({ length: 30 }, (_, i) => [
          i === 0 ? 'A' : `S${i}`,
          {
            allOf: Array.from({ length: 9 }, () => ({ $ref: `#/components/schemas/S${i + 1}` })),
            properties: { [`p${i}`]: { $ref: `#/components/schemas/S${i + 1}` } },
          },
        ]),
      ),
    ],
    ['a schema that is nothing', { A: 3 }],
    ['a reference to nothing', { A: { $ref: '#/nope' } }],
  ])('come to an end: %s', async (_, schemas) => {
    const paths = Object.fromEntries(
      Array.from({ length: 200 }, (__, i) => [
        `/p${i}`,
        { post: json({ schema: { $ref: '#/components/schemas/A' } }) },
      ]),
    );
    const source = await read({ openapi: '3.0.0', paths, components: { schemas } });
    expect(source.requests.length + source.leftOut.length).toBe(200);
  });

  test('in aliases of YAML come to an end', async () => {
    const bomb = `openapi: 3.0.0\npaths: {}\nx0: &x0 [a,a,a,a,a,a,a,a,a]\n${Array.from({ length: 12 }, (_, i) => `x${i + 1}: &x${i + 1} [*x${i},*x${i},*x${i},*x${i},*x${i},*x${i},*x${i},*x${i},*x${i}]`).join('\n')}\n`;
    await expect(read(bomb)).rejects.toMatchObject({ problems: [{ code: 'IMPORT_INVALID' }] });
  });
});

test.each(['{}', 'openapi: 4.0.0', '[]', 'x'])('what describes no API is refused: %s', async (text) => {
  await expect(read(text)).rejects.toMatchObject({ problems: [{ code: 'IMPORT_INVALID' }] });
});
