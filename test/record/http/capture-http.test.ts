import { expect, test } from 'vitest';
import { captureHttp } from '../../../src/record/http/capture-http.js';
import { bodies, captureFile } from '../har/archive.js';

const read = (content: string, others: Record<string, string | Uint8Array> = {}) =>
  captureFile(captureHttp, content, 'a.http', others);

/** The requests, one a line. */
async function sent(content: string, others: Record<string, string | Uint8Array> = {}): Promise<readonly string[]> {
  const source = await read(content, others);
  return source.requests.map(({ method, url }, i) => `${method} ${url} ${bodies(source)[i]}`.trimEnd());
}

test('requests stand between lines of ###, with names, comments and variables', async () => {
  const { requests, notes } = await read(`@host = https://shop.test
@path = {{host}}/api

### first
# @name add
// another comment
POST {{path}}/notes?q={{q}}&id={{$guid}} HTTP/1.1
Content-Type: application/json
# a comment between
X-Twice: 1
X-Twice: {{host}}

{
  "a": "{{host}}"
}

> {%
  client.test("x", () => {});
%}
### second
shop.test/a
    ?q=select 1
    &b="x"

###
# only a comment
`);
  expect(requests).toMatchObject([
    {
      title: 'add',
      method: 'POST',
      url: 'https://shop.test/api/notes?q={{q}}&id=3b241101-e2bb-4255-8caf-4136c566a962',
      headers: [
        ['Content-Type', 'application/json'],
        ['X-Twice', '1'],
        ['X-Twice', 'https://shop.test'],
      ],
      place: { file: 'a.http', line: 7 },
    },
    { title: 'second', method: 'GET', url: 'http://shop.test/a?q=select%201&b=%22x%22', body: { kind: 'none' } },
  ]);
  expect(notes).toEqual([
    'variables without a value, left as they are: q',
    'values that are made anew for each request, for which one stands: $guid',
    'scripts, which are not run: 1',
  ]);
});

test.each<[string, string, string]>([
  ['text', 'PUT https://h/t\n\nfirst\n\nthird\n\n', 'PUT https://h/t first\n\nthird'],
  [
    'a form over several lines',
    'POST https://h\nContent-Type: application/x-www-form-urlencoded\n\na=1\n&b=two words\n&c=%C3%A9é',
    'POST https://h a=1&b=two%20words&c=%C3%A9%C3%A9',
  ],
  ['a file', 'POST https://h\n\n< ./d.txt\n', 'POST https://h {{x}}'],
  ['a file with variables', '@x = 1\nPOST https://h\n\n<@ d.txt', 'POST https://h 1'],
  [
    'parts with files',
    'POST https://h\nContent-Type: multipart/form-data; boundary=b\n\n--b\nContent-Disposition: form-data; name="f"; filename="d"\n\n< d.txt\n--b--\n',
    'POST https://h --b\r\nContent-Disposition: form-data; name="f"; filename="d"\r\n\r\n{{x}}\n\r\n--b--',
  ],
  [
    'a query of GraphQL',
    'GRAPHQL https://h\n\nquery Q($i: ID) {\n  u(id: $i)\n}\n\n{ "i": 1 }\n',
    'POST https://h {"query":"query Q($i: ID) {\\n  u(id: $i)\\n}","operationName":"Q","variables":{"i":1}}',
  ],
  ['a path with its host', 'POST /p HTTP/1.1\nHost: h:8080\n\nx', 'POST http://h:8080/p x'],
  [
    'a file that is elsewhere',
    'POST https://h\n\n< ../../etc/passwd',
    'POST https://h (../../etc/passwd is not in the folder of the source (--allow-outside reads it))',
  ],
])('the body is %s', async (_, content, expected) => {
  expect(await sent(content, { 'd.txt': '{{x}}\n' })).toEqual([expected]);
});

/** As httpyac 6 sends them. */
test.each([
  ['multipart/form-data; boundary=b', '--b\n\na\n--b--\n\n', '--b\r\n\r\na\r\n--b--'],
  ['application/x-www-form-urlencoded', 'a = x &b= y\n& c=1 & 2', 'a=x&b=y&c=1&2'],
  ['application/x-www-form-urlencoded', `a={"x": 1}&b=<'é%41+`, `a=%7B%22x%22:%201%7D&b=%3C'%C3%A9%41+`],
  ['application/json', '{"a": "# no"}\n  # a comment\n// another', '{"a": "# no"}'],
  ['application/x-ndjson', '{"a":1}\n{"b":2}', '{"a":1}\n{"b":2}\n'],
  ['text/markdown', '# Title\n// text', '# Title\n// text'],
])('a body of %s goes out to the byte: %j', async (type, body, expected) => {
  expect(bodies(await read(`POST https://h\nContent-Type: ${type}\n\n${body}\n\n###\n`))).toEqual([expected]);
});

test('comments may stand between the lines of a query', async () => {
  expect(await sent('GET https://h/q\n  ?a=1\n  # why\n  &b=2\n')).toEqual(['GET https://h/q?a=1&b=2']);
});

test('credentials in clear are encoded', async () => {
  const { requests } = await read(
    'GET https://h\nAuthorization: Basic ann p:w\n###\nGET https://h\nAuthorization: Basic YW5u',
  );
  expect(requests.map(({ headers }) => headers[0]?.[1])).toEqual(['Basic YW5uOnA6dw==', 'Basic YW5u']);
});

test('other protocols are left out', async () => {
  const { requests, leftOut } = await read('WEBSOCKET wss://h\n\nx\n###\nGET https://h');
  expect([requests.length, leftOut]).toEqual([1, [{ name: 'line 1', reason: 'of another protocol (WEBSOCKET)' }]]);
});

test('variables come from an environment', async () => {
  const folder = {
    'http-client.env.json': '{"$shared":{"a":"1"},"dev":{"host":"https://dev.test","n":2},"prod":{"host":"x"}}',
  };
  const { requests } = await captureFile(
    (source, settings) => captureHttp(source, { ...settings, environment: `${settings.cwd}/http-client.env.json` }),
    'GET {{host}}/{{a}}/{{n}}',
    'a.http',
    folder,
  );
  expect(requests[0]?.url).toBe('https://dev.test/1/2');
});

test('variables that stand for one another come to an end', async () => {
  const many = Array.from({ length: 30 }, (_, i) => `@v${i} = {{v${i + 1}}}{{v${i + 1}}}{{v${i + 1}}}`).join('\n');
  const { requests } = await read(`@a = {{b}}\n@b = {{a}}\n${many}\nPOST https://h/{{a}}\n\n{{v0}}`);
  expect(requests).toHaveLength(1);
});
