import { expect, test } from 'vitest';
import { captureInsomnia } from '../../../src/record/insomnia/capture-insomnia.js';
import { bodies, captureFile } from '../har/archive.js';

const read = (content: string) => captureFile(captureInsomnia, content, 'i.yaml', { 'n.txt': 'note' });

const tree = `type: collection.insomnia.rest/5.0
collection:
  - name: Folder
    headers: [{ name: X-F, value: "{{ _.name }}" }]
    authentication: { type: bearer, token: "{{ _.user.token }}" }
    environment: { name: inner }
    children:
      - name: add
        url: "{{ _.base }}/u/:id"
        method: POST
        pathParameters: [{ name: id, value: "a b" }]
        parameters: [{ name: q, value: "1 2" }, { name: off, value: x, disabled: true }]
        headers: [{ name: Content-Type, value: application/json }]
        body: { mimeType: application/json, text: '{"a":"{{ name }}","b":{{ _.n }},"c":"{{ _.none }}","d":"{% uuid %}"}' }
      - name: form
        url: h.test/f
        method: POST
        authentication: { type: basic, username: ann, password: p }
        body: { mimeType: application/x-www-form-urlencoded, params: [{ name: u, value: "o'neil &" }, { name: off, value: x, disabled: true }] }
  - name: upload
    url: https://h.test/up
    method: POST
    headers: [{ name: Content-Type, value: multipart/form-data }]
    body: { mimeType: multipart/form-data, params: [{ name: t, value: T }, { name: f, type: file, fileName: n.txt }] }
  - name: gql
    url: https://h.test/g
    method: POST
    body: { mimeType: application/graphql, text: '{"query":"{a}"}' }
  - { name: live, url: "wss://h.test" }
environments:
  data: { base: "{{ _.scheme }}://h.test", user: { token: t1 }, n: 3 }
  subEnvironments: [{ data: { scheme: https, n: 4 } }]
`;

test('a collection of version 5 comes with folders, environments and authorization', async () => {
  const source = await read(tree);
  expect(source.requests.map(({ title, method, url }) => `${title} ${method} ${url}`)).toEqual([
    'Folder / add POST https://h.test/u/a%20b?q=1%202',
    'Folder / form POST http://h.test/f',
    'upload POST https://h.test/up',
    'gql POST https://h.test/g',
  ]);
  expect(source.requests.map(({ headers }) => headers.map((pair) => pair.join(': ').replace(/-{8,}\d+/, '…')))).toEqual(
    [
      ['X-F: inner', 'Content-Type: application/json', 'Authorization: Bearer t1'],
      ['X-F: inner', 'Authorization: Basic YW5uOnA=', 'Content-Type: application/x-www-form-urlencoded'],
      ['Content-Type: multipart/form-data; boundary=…'],
      ['Content-Type: application/json'],
    ],
  );
  const [json, form, upload, query] = bodies(source);
  expect([json, form, query]).toEqual([
    '{"a":"inner","b":3,"c":"{{ _.none }}","d":"{% uuid %}"}',
    'u=o%27neil%20%26',
    '{"query":"{a}"}',
  ]);
  expect(upload).toContain('name="f"; filename="n.txt"\r\nContent-Type: text/plain\r\n\r\nnote\r\n');
  expect(source.leftOut).toEqual([{ name: 'live', reason: 'of another protocol (gRPC, WebSocket, Socket.IO)' }]);
  expect(source.notes).toEqual([
    'template tags, which are not run and stay as they are: {% uuid %}',
    'variables without a value, left as they are: _.none',
  ]);
});

test('an export of version 4 is a flat list', async () => {
  const resources = [
    {
      _type: 'request',
      _id: 'r',
      parentId: 'f',
      name: 'get',
      method: 'GET',
      url: '{{ _.base_url }}/a',
      body: {},
      headers: [],
      authentication: {},
    },
    { _type: 'request_group', _id: 'f', parentId: 'w', name: 'Folder', environment: { path: 'v1' } },
    { _type: 'environment', _id: 'e2', parentId: 'e1', data: { host: 'h.test' } },
    { _type: 'environment', _id: 'e1', parentId: 'w', data: { base_url: 'https://{{ host }}/{{ path }}' } },
    { _type: 'workspace', _id: 'w', parentId: null },
    { _type: 'grpc_request', _id: 'g', name: 'rpc' },
  ];
  const { requests, leftOut } = await read(JSON.stringify({ _type: 'export', resources }));
  expect([requests[0]?.url, requests[0]?.title, leftOut.length]).toEqual(['https://h.test/v1/a', 'Folder / get', 1]);
});

test.each(['{}', 'a: 1', '- x', 'resources: 3'])('what is no export is refused: %s', async (text) => {
  await expect(read(text)).rejects.toMatchObject({ problems: [{ code: 'IMPORT_INVALID' }] });
});
