import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Pair, RequestSpec } from '../../src/model/request.js';
import { curlCommand } from '../../src/report/curl-command.js';
import { encodeRequest } from '../../src/request/encode-request.js';
import { request, sampleReport } from './sample-report.js';

const run = promisify(execFile);

interface Received {
  readonly requestLine: string;
  readonly headers: readonly Pair[];
  readonly body: Buffer;
}

/** What a shell and curl make of a command, as bytes at the other end. */
async function send(spec: RequestSpec, shell = 'bash'): Promise<Received> {
  const command = curlCommand(spec, url);
  const arrived = new Promise<Buffer>((resolve) => {
    received = resolve;
  });
  // From a file: a command that brings a long body along does not fit into an argument of the shell.
  const script = join(folder, 'command.sh');
  await writeFile(script, command);
  await run(shell, [script], { env: { PATH: process.env['PATH'], HOME: '/nonexistent', LC_ALL: 'C.UTF-8' } });
  return parse(await arrived);
}

function parse(bytes: Buffer): Received {
  const end = bytes.indexOf('\r\n\r\n');
  const [requestLine = '', ...lines] = bytes.subarray(0, end).toString().split('\r\n');
  const headers = lines.map((line): Pair => {
    const colon = line.indexOf(':');
    return [line.slice(0, colon), line.slice(colon + 1).trim()];
  });
  return { requestLine, headers, body: bytes.subarray(end + 4) };
}

const folder = mkdtempSync(join(tmpdir(), 'wafproof-curl-'));
let server: Server;
let url: string;
let received: (bytes: Buffer) => void;

beforeAll(async () => {
  server = createServer((socket) => {
    let bytes: Buffer<ArrayBufferLike> = Buffer.alloc(0);
    socket.on('data', (data) => {
      bytes = Buffer.concat([bytes, data]);
      if (!isWhole(bytes)) return;
      received(bytes);
      socket.end('HTTP/1.1 200 OK\r\nContent-Length: 0\r\nConnection: close\r\n\r\n');
    });
    socket.on('error', () => undefined);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  url = `http://127.0.0.1:${address.port}`;
});

afterAll(() => {
  server.close();
  rmSync(folder, { recursive: true });
});

function isWhole(bytes: Buffer): boolean {
  const end = bytes.indexOf('\r\n\r\n');
  if (end < 0) return false;
  const length = /\r\ncontent-length: *(\d+)/i.exec(bytes.subarray(0, end).toString())?.[1] ?? '0';
  return bytes.length - end - 4 >= Number(length);
}

/** The request that arrives is the one that every other part of Wafproof sends. */
async function expectExact(spec: RequestSpec, shell?: string): Promise<void> {
  const wire = encodeRequest(spec);
  const { requestLine, headers, body } = await send(spec, shell);
  expect(requestLine).toBe(`${wire.method} ${wire.target} HTTP/1.1`);
  expect(body.equals(wire.body)).toBe(true);
  const sent = headers.filter(([name]) => name.toLowerCase() !== 'host');
  expect(sorted(sent)).toEqual(sorted(wire.headers.map(([name, value]): Pair => [name, value.trim()])));
}

function sorted(headers: readonly Pair[]): readonly string[] {
  return headers.map(([name, value]) => `${name}: ${value}`).sort();
}

describe('every case of the sample, in bash and in the POSIX shell', () => {
  const specs = sampleReport().results.slice(0, 14);
  test.each(specs.map(({ id, request: spec }) => [id, spec] as const))('%s', async (_, spec) => {
    await expectExact(spec, 'bash');
    await expectExact(spec, 'sh');
  });
});

const text = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 60 }),
  fc.string({ maxLength: 60 }),
  fc.constantFrom(
    '@/etc/passwd',
    "'; rm -rf / #",
    '$(id) `id` $HOME',
    '--help',
    '\\c\\0',
    'a\'b"c\\d\n!e',
    '\r\n\t\0\u001b[31m',
  ),
);
const pair = fc.tuple(text, text);
const content = fc.oneof(
  text.map((value) => ({ text: value })),
  fc.uint8Array({ maxLength: 80 }).map((bytes) => ({ base64: Buffer.from(bytes).toString('base64') })),
);
const body = fc.oneof(
  fc.constant({ kind: 'none' } as const),
  fc.array(pair, { maxLength: 4 }).map((fields) => ({ kind: 'form', fields }) as const),
  fc
    .jsonValue({ stringUnit: 'binary', maxDepth: 3 })
    .map((value) => ({ kind: 'json', value: value as string }) as const),
  fc
    .array(fc.record({ name: text, filename: text, content }), { maxLength: 3 })
    .map((parts) => ({ kind: 'multipart', boundary: 'b-1', parts }) as const),
  content.map((value) => ({ kind: 'raw', content: value }) as const),
);
const headerValue = fc.string({ maxLength: 40 }).map((value) => value.replace(/[^\t -~é]/g, ''));
const header = fc.tuple(
  fc.constantFrom('X-A', 'x-b', 'Accept', 'User-Agent', 'Content-Type', 'Authorization'),
  headerValue,
);
const path = fc.oneof(
  fc.webPath(),
  fc.constantFrom('/a/../b/./c', '/a{1,2}[3-4]', '//x//y', '/a?b=c#d', '/%2e%2e/', "/it's", '/a b"<>^`|\\'),
);

test('whatever is in a request arrives as it is', async () => {
  const spec = fc.record({
    method: fc.constantFrom('GET', 'POST', 'PUT', 'DELETE', 'PATCH', 'OPTIONS', 'PURGE'),
    path,
    query: fc.array(pair, { maxLength: 3 }),
    headers: fc.uniqueArray(header, { selector: ([name]) => name, maxLength: 4 }),
    cookies: fc.array(fc.tuple(fc.constantFrom('s', 't'), headerValue), { maxLength: 2 }),
    body,
    omittedHeaders: fc.subarray(['host', 'user-agent', 'content-type']),
  });
  await fc.assert(
    fc.asyncProperty(spec, (value) => expectExact(value)),
    { numRuns: 150 },
  );
});

test('a body longer than an argument may be arrives whole', async () => {
  await expectExact(request({ body: { kind: 'raw', content: { text: `it's ${'long '.repeat(60_000)}` } } }));
  const bytes = Buffer.from(Array.from({ length: 300_000 }, (_, index) => (index * 7919) % 256));
  await expectExact(request({ body: { kind: 'raw', content: { base64: bytes.toString('base64') } } }));
});

test('HEAD asks for no body', async () => {
  await expectExact(request({ method: 'HEAD' }));
});

test('a length that is wrong on purpose is kept', async () => {
  const { headers } = await send(
    request({ headers: [['Content-Length', '3']], body: { kind: 'raw', content: { text: 'abcdef' } } }),
  );
  expect(headers).toContainEqual(['Content-Length', '3']);
});

test('a header is left out where the suite says so', async () => {
  const { headers } = await send(request({ omittedHeaders: ['host'] }));
  expect(headers.map(([name]) => name.toLowerCase())).not.toContain('host');
});

test('no header makes curl read a file', () => {
  expect(curlCommand(request({ headers: [['@/etc/passwd', 'x']] }), url)).not.toContain('/etc/passwd');
});

test('without a target the command names a placeholder', () => {
  expect(curlCommand(request({ method: 'GET', path: '/a' }))).toContain('http://localhost:8080/a');
});

test('over TLS the command keeps to HTTP/1.1', () => {
  expect(curlCommand(request(), 'https://example.com/')).toContain(
    '--http1.1 -X POST \\\n  https://example.com/api/comments',
  );
});
