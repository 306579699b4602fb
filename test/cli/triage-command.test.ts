import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { wafproof } from './command-line.js';

interface Seen {
  readonly line: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

/** A server that keeps what it got, and refuses some of it: what holds an apostrophe. */
async function refusing(refuses = ({ line, body }: Seen) => /'|%27/.test(body + line)) {
  const seen: Seen[] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const body = Buffer.concat(chunks).toString();
      const one = { line: `${request.method} ${request.url}`, headers: request.headers, body };
      seen.push(one);
      const isOdd = refuses(one);
      response.writeHead(isOdd ? 403 : 200, { 'Content-Type': 'text/html' });
      response.end(isOdd ? 'Forbidden' : 'ok');
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, seen };
}

const fast = ['--rate', '1000'];

test('a refusal is looked into, and told with what shows it', async () => {
  const { url, seen } = await refusing();
  const { code, stdout } = await wafproof(['triage', `${url}/save`, '-d', "a=it's", '-d', 'b=2', ...fast]);
  expect(code).toBe(0);
  expect(stdout).toMatch(/^The WAF: WAF rule \(likely\)\nA rule that is not .* what the body holds\.\n\nEvidence\n/);
  expect(stdout).toContain('the same request is refused at a path that does not exist');
  expect(stdout).toMatch(/\nNext\n {2}the WAF's log/);
  expect(seen.map(({ line }) => line)).toEqual([
    'POST /save',
    ...['POST', 'GET', 'POST', 'GET'].map((method) =>
      expect.stringMatching(new RegExp(`^${method} /wafproof-probe-\\w+$`)),
    ),
  ]);
  expect(seen[0]).toMatchObject({
    body: "a=it's&b=2",
    headers: { 'user-agent': expect.stringMatching(/^curl\//), 'content-type': 'application/x-www-form-urlencoded' },
  });
});

test('options mean what they mean to curl', async () => {
  const { url, seen } = await refusing();
  const words = [
    `${url}/a?x=1`,
    '-X',
    'PUT',
    '-H',
    'X-One: 1',
    '-H',
    'Accept:',
    '-A',
    'me',
    '-e',
    'http://here.example/',
  ];
  await wafproof(['triage', ...words, '-b', 'sid=1; t=2', '-u', 'ann:pw', '--data-raw', '@no,file', ...fast]);
  expect(seen[0]).toMatchObject({
    line: 'PUT /a?x=1',
    body: '@no,file',
    headers: {
      'x-one': '1',
      'user-agent': 'me',
      referer: 'http://here.example/',
      cookie: 'sid=1; t=2',
      authorization: 'Basic YW5uOnB3',
    },
  });
  expect(seen[0]?.headers).not.toHaveProperty('accept');
});

test('data in the query, from a file, encoded, and in parts', async () => {
  const { url, seen } = await refusing();
  const files = { 'body.txt': 'one\ntwo\n', 'pic.bin': 'bytes' };
  await wafproof(['triage', `${url}/q`, '-G', '--data-urlencode', 'q=a b', ...fast], { files });
  await wafproof(['triage', `${url}/d`, '-d', '@body.txt', ...fast], { files });
  await wafproof(['triage', `${url}/b`, '--data-binary', '@body.txt', ...fast], { files });
  await wafproof(['triage', `${url}/f`, '-F', 'a=1', '-F', 'f=@pic.bin;type=image/png', ...fast], { files });
  await wafproof(['triage', `${url}/h`, '-I', ...fast]);
  expect(seen.map(({ line }) => line)).toEqual(['GET /q?q=a+b', 'POST /d', 'POST /b', 'POST /f', 'HEAD /h']);
  expect(seen[1]?.body).toBe('onetwo');
  expect(seen[2]?.body).toBe('one\ntwo\n');
  expect(seen[3]?.body).toContain('name="f"; filename="pic.bin"\r\nContent-Type: image/png\r\n\r\nbytes\r\n');
});

test('data of several kinds are joined in their order, and dots leave the path as with curl', async () => {
  const { url, seen } = await refusing();
  await wafproof(['triage', `${url}/a/../b`, '--data-raw', '@1', '-d', 'b=2', '--data-urlencode', 'c=ü', ...fast]);
  await wafproof(['triage', `${url}/a/../b`, '--path-as-is', ...fast]);
  expect(seen.map(({ line, body }) => [line, body])).toEqual([
    ['POST /b', '@1&b=2&c=%C3%BC'],
    ['GET /a/../b', ''],
  ]);
});

test('a case of a report of an earlier version, in its own words', async () => {
  const { url, seen } = await refusing(({ body }) => body.includes('x'));
  const request = { method: 'POST', path: '/save', headers: [], body: { kind: 'form', fields: [['a', 'x']] } };
  const verdict = { kind: 'denied-elsewhere', layer: 'cdn', because: 'answered 403' };
  const odd = { id: 'odd', request: { ...request, body: { kind: 'protobuf' } }, verdict, hits: [] };
  const results = [{ id: 'old', status: 403, request, verdict, hits: [] }, odd];
  const target = { name: 'shop', url, waf: { kind: 'modsecurity' } };
  const report = { schemaVersion: 1, tool: {}, target, results, findings: [], summary: {}, skipped: [] };
  const files = { 'report.json': JSON.stringify(report) };
  const { stdout, code } = await wafproof(['triage', 'report.json#old', ...fast], { files });
  expect(code).toBe(0);
  expect(stdout).toContain('what the report says of it, of a layer that this version has no name for (report)');
  expect(stdout).toContain('denied-elsewhere · cdn · status 403 · answered 403');
  expect(seen[0]).toMatchObject({ line: 'POST /save', body: 'a=x' });
  const unread = await wafproof(['triage', 'report.json#odd', ...fast], { files });
  expect([unread.code, unread.stderr]).toEqual([2, expect.stringContaining('a body of the kind "protobuf"')]);
});

test('a whole command of curl', async () => {
  const { url, seen } = await refusing();
  const command = `curl '${url}/save?x=1' -X PATCH -H 'X-One: 1' --data-raw $'a=it\\'s' --compressed`;
  const { stdout } = await wafproof(['triage', '--curl', command, ...fast]);
  expect(stdout).toMatch(/^The WAF: WAF rule/);
  expect(seen[0]).toMatchObject({ line: 'PATCH /save?x=1', body: "a=it's", headers: { 'x-one': '1' } });
});

test('--resolve keeps the name and connects elsewhere', async () => {
  const { url, seen } = await refusing();
  const { port } = new URL(url);
  await wafproof(['triage', `http://shop.test:${port}/`, '--resolve', `shop.test:${port}:127.0.0.1`, ...fast]);
  expect(seen[0]?.headers.host).toBe(`shop.test:${port}`);
});

test('--json', async () => {
  const { url } = await refusing();
  const { stdout, code } = await wafproof(['triage', `${url}/save`, '-d', "a=it's", '--json', ...fast]);
  expect(code).toBe(0);
  expect(JSON.parse(stdout)).toMatchObject({ layer: 'waf', cause: 'waf-rule', confidence: 'likely' });
});

test('--dry-run sends nothing, and prints what would be sent', async () => {
  const { url, seen } = await refusing();
  const { stdout, code } = await wafproof(['triage', `${url}/save?t=1`, '-d', "a=it's", '--dry-run']);
  expect(code).toBe(0);
  expect(seen).toEqual([]);
  expect(stdout).toContain('First the request itself, once:\n  POST /save?t=1\n');
  expect(stdout).toContain('Then at most 6 of these, one at a time');
  expect(stdout).toMatch(/POST \/save\?t=1\n {7}a harmless body .* \(may change something: asks first\)/);
  const asJson = await wafproof(['triage', `${url}/save?t=1`, '-d', "a=it's", '--dry-run', '--json']);
  expect(JSON.parse(asJson.stdout)).toMatchObject({ baseline: { method: 'POST' }, most: 6 });
});

test('a case of a saved report', async () => {
  const { url, seen } = await refusing();
  const request = { method: 'POST', path: '/save', query: [], headers: [], cookies: [] };
  const body = { kind: 'form', fields: [['a', "it's"]] };
  const results = [{ id: 'shop/save#2', request: { ...request, body, omittedHeaders: [] }, verdict: {}, hits: [] }];
  const target = { name: 'shop', url, waf: { kind: 'modsecurity' } };
  const report = { schemaVersion: 1, tool: {}, target, results, findings: [], summary: {}, skipped: [] };
  const files = { 'report.json': JSON.stringify(report) };
  const { stdout } = await wafproof(['triage', './report.json#shop/save#2', '-H', 'X-One: 1', ...fast], { files });
  expect(stdout).toMatch(/^The WAF: WAF rule/);
  expect(seen[0]).toMatchObject({ line: 'POST /save', body: 'a=it%27s', headers: { 'x-one': '1' } });
  const { code, stderr } = await wafproof(['triage', './report.json#shop/gone', ...fast], { files });
  expect([code, stderr]).toEqual([2, expect.stringContaining('has no case "shop/gone"')]);
});

test('a probe that may change something goes out where somebody says yes, and nowhere else', async () => {
  const { url, seen } = await refusing(({ line }) => line === 'POST /save');
  const probes = () => seen.splice(0).filter(({ line }, at) => at > 0 && line === 'POST /save').length;
  const nobody = await wafproof(['triage', `${url}/save`, '-d', 'a=1', ...fast]);
  expect(nobody.stderr).toContain('not sent, since it may change something: POST /save (a harmless request');
  expect([nobody.code, probes()]).toEqual([1, 0]);
  await wafproof(['triage', `${url}/save`, '-d', 'a=1', ...fast], { ask: async () => '' });
  expect(probes()).toBe(0);
  await wafproof(['triage', `${url}/save`, '-d', 'a=1', ...fast], { ask: async () => 'y' });
  expect(probes()).toBe(2);
  await wafproof(['triage', `${url}/save`, '-d', 'a=1', '--allow-changes', ...fast]);
  expect(probes()).toBe(2);
});

test.each([
  [[], /^USAGE no request to look into: name a URL or report\.json#case-id, or give a command with --curl/],
  [['--curl', 'scp shop.example:/a b'], /^USAGE --curl cannot be followed/],
  [['--curl', 'curl $HOST/a'], /^USAGE --curl cannot be followed: "\/a" is no http or https URL/],
  [['ftp://shop.example/'], /^USAGE it cannot be sent: its URL is not of HTTP \(ftp:\/\/\)/],
  [['http://127.0.0.1:1/', '-H', 'no colon'], /^USAGE "no colon" is no header field such as "Name: value"/],
  [['http://127.0.0.1:1/', '-b', 'cookies.txt'], /^USAGE --cookie takes cookies/],
  [['http://127.0.0.1:1/', '-d', '@gone.txt'], /^USAGE it cannot be sent: the file gone\.txt is not here/],
  [['http://127.0.0.1:1/', '-F', 'a'], /^USAGE it cannot be sent: a field of its form has no "="/],
  [['http://127.0.0.1:1/', '--resolve', 'x'], /^USAGE --resolve takes host:port:address/],
])('%j is refused', async (words, message) => {
  const { code, stderr } = await wafproof(['triage', ...words]);
  expect(code).toBe(2);
  expect(stderr).toMatch(message);
});
