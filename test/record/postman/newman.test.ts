import { execFile } from 'node:child_process';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { capturePostman } from '../../../src/record/postman/capture-postman.js';
import { folderOf } from '../../suite/suite-folder.js';
import { RecordingServer, type Told, toldOf } from '../curl/real-curl.js';

const newman = createRequire(import.meta.url).resolve('newman/bin/newman.js');

const post = (body: object, more: object = {}) => ({ method: 'POST', url: 'http://{{host}}/p', body, ...more });
const get = (more: object = {}) => ({ method: 'GET', url: 'http://{{host}}/g', ...more });
const raw = (text: string, language: string) => ({ mode: 'raw', raw: text, options: { raw: { language } } });
const auth = (type: string, values: Readonly<Record<string, string>>) => ({
  auth: { type, [type]: Object.entries(values).map(([key, value]) => ({ key, value })) },
});
const at = (path: readonly string[], more: object = {}) => ({
  url: { protocol: 'http', host: ['{{host}}'], path, ...more },
});
const parts = (...formdata: readonly object[]) => ({ mode: 'formdata', formdata });
const typed = (value: string) => ({ header: [{ key: 'Content-Type', value }] });

/** Requests in which what is sent is not what one would think. */
const requests: readonly object[] = [
  get(
    at(['q'], {
      query: [
        { key: 'a', value: 'x&y=z#w' },
        { key: 'b b', value: '{{v}}' },
        { key: 'c', value: null },
      ],
    }),
  ),
  get(at(['p', ':id', ':none', '[x]', '{y}'], { variable: [{ key: 'id', value: 'a/b c é' }] })),
  get({ url: 'http://{{host}}/s?a={{nested}}&b={{ v }}&c={{none}}' }),
  get({ ...auth('bearer', { token: 't' }), header: [{ key: 'authorization', value: 'x' }] }),
  get(auth('oauth2', { accessToken: 'AT', addTokenTo: 'queryParams' })),
  get(auth('oauth2', { accessToken: 'AT', headerPrefix: 'Tok ' })),
  get(auth('apikey', { key: 'k y', value: 'v&é', in: 'query' })),
  get(auth('basic', { username: 'é', password: 'p:w' })),
  { ...post(raw('{"a": "{{v}}"}', 'json')), method: 'post' },
  post(raw('<a/>', 'xml'), typed('application/vnd.a+xml')),
  post(parts({ key: 'q"q', value: '{}', contentType: 'application/json', type: 'text' }), typed('multipart/form-data')),
  post(
    parts(
      { key: 'f', type: 'file', src: 'a.bin', fileName: 'b"c.png' },
      { key: 'g', type: 'file', src: ['a.bin', 't.txt'] },
    ),
  ),
  post({
    mode: 'urlencoded',
    urlencoded: [
      { key: 'a', value: "x y&z=é'()*!~+%20" },
      { key: 'b', value: null },
      { key: '', value: 'c' },
    ],
  }),
  post({ mode: 'graphql', graphql: { query: '{ a }', variables: '{"a": {{n}} }', operationName: 'B' } }),
  post({ mode: 'file', file: { src: 't.txt' } }),
];
const behaviors = [
  { request: get({ body: raw('{}', 'json') }), protocolProfileBehavior: { disableBodyPruning: true } },
  { request: post(raw('x', 'json')), protocolProfileBehavior: { disabledSystemHeaders: { 'content-type': true } } },
];

const variables = (host: string) =>
  Object.entries({ host, v: 'V & W', nested: '<{{v}}>', n: '7' }).map(([key, value]) => ({ key, value }));

test('a collection comes to what newman sends', async () => {
  const server = new RecordingServer();
  const host = await server.listen();
  const item = [...requests.map((request) => ({ request })), ...behaviors].map((one, i) => ({ name: `${i}`, ...one }));
  const collection = { info: { name: 'c' }, item, variable: variables(host) };
  const folder = await folderOf({
    'c.json': JSON.stringify(collection),
    'a.bin': Buffer.from([255, 0]),
    't.txt': 'é\n',
  });
  try {
    const run = promisify(execFile)(
      process.execPath,
      [newman, 'run', 'c.json', '--color', 'off', '--timeout-request', '5000', '--suppress-exit-code'],
      { cwd: folder, timeout: 60_000 },
    );
    run.child.stdin?.end();
    await run;
    const source = { path: join(folder, 'c.json'), shown: 'c.json', stem: 'c', folder };
    const captured = await capturePostman(source, { cwd: folder });
    expect(captured.requests.map(toldOf)).toEqual(server.take().map(withoutUsual));
  } finally {
    server.close();
  }
});

/** Without what newman adds to each request. */
function withoutUsual([method, target, headers, body]: Told): Told {
  const usual = /^(?:user-agent|accept|accept-encoding|cache-control|postman-token): /i;
  return [method, target, headers.filter((line) => !usual.test(line)), body];
}
