import { describe, expect, test } from 'vitest';
import type { CapturedSource } from '../../../src/record/capturing.js';
import { captureOpenapi } from '../../../src/record/openapi/capture-openapi.js';
import { bodies, captureFile } from '../har/archive.js';

const read = (document: object): Promise<CapturedSource> =>
  captureFile(captureOpenapi, JSON.stringify(document), 'api.json');

async function urlOf(path: string, ...parameters: readonly object[]): Promise<string | undefined> {
  return (await read({ openapi: '3.0.3', paths: { [path]: { post: { parameters } } } })).requests[0]?.url;
}

const several = ['blue', 'a,b'];
const color = { R: 100, G: 200 };

describe('a parameter of a query', () => {
  test.each<[string, object, string]>([
    ['form', { example: several }, 'c=blue&c=a%2Cb'],
    ['form, not exploded', { explode: false, example: several }, 'c=blue,a%2Cb'],
    ['spaceDelimited', { style: 'spaceDelimited', example: several }, 'c=blue%20a%2Cb'],
    ['pipeDelimited', { style: 'pipeDelimited', explode: false, example: several }, 'c=blue%7Ca%2Cb'],
    ['form of an object', { example: color }, 'R=100&G=200'],
    ['form of an object, not exploded', { explode: false, example: color }, 'c=R,100,G,200'],
    ['deepObject', { style: 'deepObject', example: { a: { b: 1 } } }, 'c%5Ba%5D%5Bb%5D=1'],
    ['reserved characters', { allowReserved: true, example: '/a?b=c d&e' }, 'c=/a?b=c%20d%26e'],
    ['JSON', { content: { 'application/json': { example: [1, 'x'] } } }, 'c=%5B1%2C%22x%22%5D'],
    [
      'JSON of a schema',
      { required: true, content: { 'application/json': { schema: { properties: { a: { enum: [1] } } } } } },
      'c=%7B%22a%22%3A1%7D',
    ],
  ])('is written in its style: %s', async (_, more, expected) => {
    expect(await urlOf('/a', { name: 'c', in: 'query', ...more })).toBe(`/a?${expected}`);
  });

  test.each([
    [undefined, 'c=1,2'],
    ['csv', 'c=1,2'],
    ['ssv', 'c=1%202'],
    ['tsv', 'c=1%092'],
    ['pipes', 'c=1%7C2'],
    ['multi', 'c=1&c=2'],
  ])('is written in its collection format in version 2: %s', async (collectionFormat, expected) => {
    const parameter = { name: 'c', type: 'array', items: { type: 'integer' }, default: [1, 2], collectionFormat };
    const paths = {
      '/q': { post: { parameters: [{ ...parameter, in: 'query' }] } },
      '/f': { post: { parameters: [{ ...parameter, in: 'formData' }] } },
    };
    const source = await read({ swagger: '2.0', paths });
    expect(source.requests[0]?.url).toBe(`/q?${expected}`);
    expect(decodeURIComponent(bodies(source)[1] ?? '').replace('+', ' ')).toBe(decodeURIComponent(expected));
  });
});

test.each<[string, object, string]>([
  ['simple', { example: several }, 'blue,a%2Cb'],
  ['simple of an object', { example: color }, 'R,100,G,200'],
  ['simple of an object, exploded', { explode: true, example: color }, 'R=100,G=200'],
  ['label', { style: 'label', example: 'blue' }, '.blue'],
  ['label, exploded', { style: 'label', explode: true, example: several }, '.blue.a%2Cb'],
  ['label, not exploded', { style: 'label', example: several }, '.blue,a%2Cb'],
  ['matrix', { style: 'matrix', example: 'blue' }, ';c=blue'],
  ['matrix, exploded', { style: 'matrix', explode: true, example: several }, ';c=blue;c=a%2Cb'],
  ['matrix of an object', { style: 'matrix', example: color }, ';c=R,100,G,200'],
])('a parameter of a path is written in its style: %s', async (_, more, expected) => {
  expect(await urlOf('/a/{c}/x', { name: 'c', in: 'path', required: true, ...more })).toBe(`/a/${expected}/x`);
});

test('a parameter of a path that nothing describes has a value', async () => {
  expect(await urlOf('/a/{id}')).toBe('/a/1');
});

test('objects in headers and cookies are written as the specification has it', async () => {
  const parameters = [
    { name: 'X-C', in: 'header', example: color },
    { name: 'c', in: 'cookie', explode: false, example: color },
    { name: 'l', in: 'cookie', example: [1, 2] },
  ];
  const { requests } = await read({ openapi: '3.0.3', paths: { '/a': { get: { parameters } } } });
  expect(requests[0]?.headers).toEqual([
    ['X-C', 'R,100,G,200'],
    ['Cookie', 'c=R,100,G,200; l=1,2'],
  ]);
});

describe('the address', () => {
  const server = (url: string, variables = {}) => ({ servers: [{ url, variables }] });

  test('is that of the operation, else of its path, else of the document', async () => {
    const paths = {
      '/a': {
        ...server('https://path.test'),
        get: server('https://own.test:{p}/v', { p: { default: 8443 } }),
        put: {},
      },
      '/b': { get: {} },
    };
    const { requests } = await read({ openapi: '3.1.0', ...server('/all'), paths });
    expect(requests.map(({ url }) => url)).toEqual(['https://own.test:8443/v/a', 'https://path.test/a', '/all/b']);
  });

  test('has one slash between host, base path and path in version 2', async () => {
    const { requests } = await read({ swagger: '2.0', host: 'a.test', basePath: 'v2/', paths: { '/a': { get: {} } } });
    expect(requests[0]?.url).toBe('https://a.test/v2/a');
  });
});

test('a way to be authorized may be a reference, and a key that is a parameter as well is sent once', async () => {
  const { requests } = await read({
    openapi: '3.0.0',
    security: [{ a: [] }],
    paths: { '/a': { get: { parameters: [{ name: 'key', in: 'query', example: 'mine' }] } }, '/b': { get: {} } },
    components: {
      securitySchemes: { a: { $ref: '#/components/x-key' } },
      'x-key': { type: 'apiKey', in: 'query', name: 'key' },
    },
  });
  expect(requests.map(({ url }) => url)).toEqual(['/a?key=mine', '/b?key=KEY-OF-THE-API']);
});

test('what is not sent is counted: callbacks, paths that lead nowhere, operations that are none', async () => {
  const { requests, leftOut } = await read({
    openapi: '3.0.0',
    paths: {
      '/a': { post: { operationId: 'add', callbacks: { done: {} } } },
      '/b': { $ref: '#/nowhere' },
      '/c': { get: null },
      '/d': { $ref: '#name' },
      'x-own': { get: {} },
    },
  });
  expect([requests.length, leftOut]).toEqual([
    1,
    [
      { name: 'add/done', reason: 'a callback, which the application sends itself' },
      { name: '/b', reason: 'nothing is told of this path' },
      { name: 'GET /c', reason: 'it is no object that describes an operation' },
      { name: '/d', reason: 'nothing is told of this path' },
    ],
  ]);
});
