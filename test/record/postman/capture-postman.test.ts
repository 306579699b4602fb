import { expect, test } from 'vitest';
import { capturePostman } from '../../../src/record/postman/capture-postman.js';
import { bodies, captureFile } from '../har/archive.js';

const files = {
  'n.txt': 'note\n',
  'env.json': JSON.stringify({
    values: [
      { key: 'host', value: 'env.test' },
      { key: 'off', value: 'x', enabled: false },
    ],
  }),
};

function collection(item: readonly object[], more: object = {}): string {
  return JSON.stringify({
    info: { name: 'Shop' },
    item,
    variable: [
      { key: 'host', value: 'shop.test' },
      { key: 'name', value: 'Ann "A"' },
    ],
    ...more,
  });
}

const read = (content: string) => captureFile(capturePostman, content, 'c.json', files);
const post = (body: object, more: object = {}) => ({
  name: 'r',
  request: { method: 'POST', url: 'https://{{host}}/a', body, ...more },
});

test.each<[string, object, string, string | undefined]>([
  [
    'a text in which variables are put as they are',
    { mode: 'raw', raw: '{"a":"{{name}}"}', options: { raw: { language: 'json' } } },
    '{"a":"Ann "A""}',
    'application/json',
  ],
  ['a text of no language', { mode: 'raw', raw: 'x {{none}}' }, 'x {{none}}', 'text/plain'],
  [
    'a form',
    {
      mode: 'urlencoded',
      urlencoded: [
        { key: 'q', value: "a b&c'é" },
        { key: 'off', value: '1', disabled: true },
        { key: 'e', value: '' },
      ],
    },
    'q=a%20b%26c%27%C3%A9&e=',
    'application/x-www-form-urlencoded',
  ],
  [
    'a query of GraphQL',
    { mode: 'graphql', graphql: { query: 'query Q { a }', variables: '{ "i": 1 }' } },
    '{"query":"query Q { a }","variables":{ "i": 1 }}',
    'application/json',
  ],
  ['a file', { mode: 'file', file: { src: 'n.txt' } }, 'note\n', 'text/plain'],
  ['nothing', { mode: 'raw', raw: '' }, '', undefined],
  [
    'a file that is not here',
    { mode: 'formdata', formdata: [{ key: 'f', type: 'file', src: 'gone.png' }] },
    '(the file gone.png is not here)',
    undefined,
  ],
])('the body is %s', async (_, body, expected, type) => {
  const source = await read(collection([post(body)]));
  expect(bodies(source)).toEqual([expected]);
  expect(source.requests[0]?.headers.find(([name]) => name === 'Content-Type')?.[1]).toBe(type);
});

test('a form of parts has its files and types', async () => {
  const formdata = [
    { key: 't', value: 'Hi; "x"', type: 'text' },
    { key: 'm', value: '{}', contentType: 'application/json' },
    { key: 'f', type: 'file', src: ['n.txt'] },
  ];
  const [body] = bodies(await read(collection([post({ mode: 'formdata', formdata })])));
  expect(body).toContain('name="t"\r\n\r\nHi; "x"\r\n');
  expect(body).toContain('name="m"\r\nContent-Type: application/json\r\n\r\n{}\r\n');
  expect(body).toContain('name="f"; filename="n.txt"\r\nContent-Type: text/plain\r\n\r\nnote\n\r\n');
});

test('a URL is a text or parts, with variables of its path', async () => {
  const urls = [
    'https://{{host}}/a b?x={{none}}&y=%20"',
    {
      raw: 'x',
      protocol: 'http',
      host: ['{{host}}'],
      port: '8080',
      path: ['o', ':id', '{{none}}'],
      query: [
        { key: 'x', value: '1' },
        { key: 'off', value: '2', disabled: true },
        { key: 'n', value: null },
      ],
      variable: [{ key: 'id', value: '7 a/b' }],
    },
    { raw: '{{host}}/r?a=b' },
    '{{host}}/plain',
  ];
  const { requests, notes } = await read(
    collection(urls.map((url) => ({ name: 'r', request: { method: 'GET', url, body: { mode: 'raw', raw: 'x' } } }))),
  );
  expect(requests.map(({ url }) => url)).toEqual([
    'https://shop.test/a%20b?x={{none}}&y=%20%22',
    'http://shop.test:8080/o/7%20a/b/%7B%7Bnone%7D%7D?x=1&n',
    'http://shop.test/r?a=b',
    'http://shop.test/plain',
  ]);
  expect(requests.every(({ body }) => body.kind === 'none')).toBe(true);
  expect(notes).toEqual(['variables without a value, left as they are: none']);
});

test('authorization comes from the folder unless a request has its own', async () => {
  const item = (auth?: object) => ({
    name: 'r',
    request: { method: 'GET', url: 'https://h/a', ...(auth && { auth }) },
  });
  const folder = {
    name: 'F',
    auth: {
      type: 'basic',
      basic: [
        { key: 'username', value: 'ann' },
        { key: 'password', value: '{{host}}' },
      ],
    },
    item: [item(), item({ type: 'noauth' }), item({ type: 'digest', digest: [] })],
  };
  const key = item({ type: 'apikey', apikey: { in: 'query', key: 'k', value: 's 3' } });
  const { requests, notes } = await read(
    collection([folder, key, item()], { auth: { type: 'bearer', bearer: { token: 't' } } }),
  );
  expect(requests.map(({ url, headers, title }) => [title, url, ...headers.map((pair) => pair.join(': '))])).toEqual([
    ['F / r', 'https://h/a', `Authorization: Basic ${Buffer.from('ann:shop.test').toString('base64')}`],
    ['F / r', 'https://h/a'],
    ['F / r', 'https://h/a'],
    ['r', 'https://h/a?k=s%203'],
    ['r', 'https://h/a', 'Authorization: Bearer t'],
  ]);
  expect(notes).toEqual(['without an authorization that is computed for each request: digest']);
});

test('scripts are not run; texts that they set are taken over, for what follows', async () => {
  const script = (listen: string, exec: string | readonly string[]) => ({ listen, script: { exec } });
  const items = [
    {
      ...post({ mode: 'raw', raw: '{{a}} {{b}}' }),
      event: [
        script('prerequest', ["pm.environment.set('a', 'x');"]),
        script('test', 'postman.setEnvironmentVariable("b", "y"); pm.globals.set("c", pm.response.json().c)'),
      ],
    },
    post({ mode: 'raw', raw: '{{a}} {{b}} {{c}}' }),
  ];
  const source = await read(collection(items));
  expect(bodies(source)).toEqual(['x {{b}}', 'x y {{c}}']);
  expect(source.notes).toContain('scripts, of which nothing is done but to take over the texts that they set: 2');
});

test('an environment wins over the collection', async () => {
  const source = await captureFile(
    (from, settings) => capturePostman(from, { ...settings, environment: `${settings.cwd}/env.json` }),
    collection([post({})]),
    'c.json',
    files,
  );
  expect(source.requests[0]?.url).toBe('https://env.test/a');
});

test('headers are a list or a text', async () => {
  const header = [
    { key: 'A', value: '{{host}}' },
    { key: 'B', value: '1', disabled: true },
    { key: 'content-type', value: 'x/y' },
  ];
  const { requests } = await read(
    collection([post({ mode: 'raw', raw: 'x' }, { header }), post({}, { header: 'A: 1\nB: 2' })]),
  );
  expect(requests.map(({ headers }) => headers)).toEqual([
    [
      ['A', 'shop.test'],
      ['content-type', 'x/y'],
    ],
    [
      ['A', '1'],
      ['B', '2'],
    ],
  ]);
});

test.each(['{}', '[1]', '{"item":3}', 'x: [', '"a"'])('what is no collection is refused: %s', async (text) => {
  await expect(read(text)).rejects.toMatchObject({ problems: [{ code: 'IMPORT_INVALID' }] });
});

test('anything may stand in the place of what should', async () => {
  const odd = JSON.stringify({
    item: [
      null,
      3,
      { request: null },
      { request: 'https://h/a' },
      { request: { url: [], header: 7, body: { mode: 'formdata', formdata: [null] }, method: 'POST' } },
      { item: [{}] },
    ],
  });
  expect((await read(odd)).requests.length).toBeGreaterThan(1);
});
