import { type AddressInfo, createServer, type Socket } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { triageTarget } from '../../../src/pipeline/triage/triage-target.js';
import { worldOf } from '../../../src/pipeline/world.js';
import { renderTriage } from '../../../src/report/terminal/triage-text.js';

const body = "comment=it's&token=s3cr3t-0f-the-form";
const token = 'Bearer eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJzM2NyM3QifQ.c2lnbmF0dXJl';

/** Records what comes, byte by byte, and answers as it is told. */
async function recording(answer: (socket: Socket, request: string) => void) {
  const requests: string[] = [];
  const sockets = new Set<Socket>();
  let [open, most] = [0, 0];
  const server = createServer((socket) => {
    sockets.add(socket);
    let text = '';
    socket.on('error', () => undefined);
    socket.on('data', (chunk) => {
      text += chunk.toString('latin1');
      if (!isWhole(text)) return;
      requests.push(text);
      most = Math.max(most, ++open);
      const request = text;
      text = '';
      setTimeout(() => {
        open--;
        answer(socket, request);
      }, 10);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, requests, most: () => most };
}

function isWhole(text: string): boolean {
  const end = text.indexOf('\r\n\r\n');
  const length = Number(/content-length: (\d+)/i.exec(text)?.[1] ?? 0);
  return end >= 0 && text.length >= end + 4 + length;
}

const head = 'HTTP/1.1 403 Forbidden\r\nContent-Type: text/html\r\n';
const whole = (text: string, more = '') => `${head}${more}Content-Length: ${text.length}\r\n\r\n${text}`;

function pour(socket: Socket, chunk: string): void {
  const more = () => {
    while (socket.writable && socket.write(chunk));
  };
  socket.on('drain', more);
  more();
}

const hostile: Readonly<Record<string, (socket: Socket, request: string) => void>> = {
  'control sequences of a terminal': (socket) =>
    socket.end(whole('<title>\u001b[2J\u001b]0;owned\u0007</title>\u001b[31mForbidden', 'Server: \u001b[5mx\r\n')),
  'a page that shows the request': (socket, request) => socket.end(whole(`<h1>Forbidden</h1><pre>${request}</pre>`)),
  'a body without an end': (socket) => {
    socket.write(`${head}Transfer-Encoding: chunked\r\n\r\n`);
    pour(socket, `4000\r\n${'x'.repeat(0x4000)}\r\n`);
  },
  'a body that is said to be a thousand megabytes': (socket) => {
    socket.write(`${head}Content-Length: 1000000000\r\n\r\n`);
    pour(socket, 'y'.repeat(0x4000));
  },
  'headers without an end': (socket) => {
    socket.write(head);
    pour(socket, `X-More: ${'z'.repeat(4000)}\r\n`);
  },
  'a thousand headers': (socket) => socket.end(whole('Forbidden', 'X-A: b\r\n'.repeat(1000))),
  'a redirect to itself': (socket) => socket.end('HTTP/1.1 302 Found\r\nLocation: /login\r\nContent-Length: 0\r\n\r\n'),
  'no answer': () => undefined,
  'half a head': (socket) => socket.write('HTTP/1.1 403 Forb'),
  'a reset': (socket) => socket.resetAndDestroy(),
  'a reset in the middle of the body': (socket) => {
    socket.write(`${head}Content-Length: 4000\r\n\r\nForbidden`);
    setTimeout(() => socket.resetAndDestroy(), 20);
  },
  'what is no HTTP': (socket) => socket.end('\u0000\u0001\u0002SSH-2.0-x\r\n'),
};

test.each(Object.entries(hostile))('%s', { timeout: 60_000 }, async (_, answer) => {
  const target = await recording(answer);
  const triage = await triageTarget(
    {
      request: {
        method: 'POST',
        path: '/save?access_token=t0p-s3cr3t-42',
        query: [],
        headers: [
          ['User-Agent', 'curl/8'],
          ['Content-Type', 'application/x-www-form-urlencoded'],
          ['Authorization', token],
          ['X-Api-Key', 's3cr3t-k3y-0123'],
        ],
        cookies: [['sessionid', 's3cr3t-c00kie-0123456789']],
        body: { kind: 'raw', content: { text: body } },
        omittedHeaders: [],
      },
      destination: { url: target.url },
      timeoutMs: 500,
      rate: 1000,
      credentials: [['X-Api-Key', 's3cr3t-k3y-0f-an0ther']],
      permit: async () => true,
    },
    worldOf({ cwd: '/' }),
  );
  expect(target.requests.length).toBeLessThanOrEqual(8);
  expect(target.most()).toBe(1);
  expect(target.requests.filter((one) => one.startsWith('POST /save?') && one.endsWith(body))).toHaveLength(1);
  const text = renderTriage(triage, { colours: false });
  expect(text.split('\n')[0]).toMatch(/\w/);
  // biome-ignore lint/suspicious/noControlCharactersInRegex: no such character may be there
  expect(text).not.toMatch(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/);
  expect(`${text}${JSON.stringify(triage)}`).not.toMatch(/s3cr3t-(?:k3y|c00kie)|t0p-s3cr3t|c2lnbmF0dXJl/);
});

test('each request goes out once, and only the first that passed once more', async () => {
  const target = await recording((socket, request) =>
    socket.end(
      /it(?:'|%27)s/.test(request) ? whole('Forbidden') : 'HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n',
    ),
  );
  const request = {
    method: 'POST',
    path: '/save',
    query: [],
    headers: [['Content-Type', 'application/x-www-form-urlencoded']],
    cookies: [],
    body: { kind: 'raw', content: { text: body } },
    omittedHeaders: [],
  } as const;
  const question = { request, destination: { url: target.url }, timeoutMs: 5000, rate: 1000, credentials: [] };
  await triageTarget({ ...question, permit: async () => false }, worldOf({ cwd: '/' }));
  const sent = target.requests.map((one) => one.replace(/^x-wafproof-id: .*\r\n/gim, ''));
  const [control = '', ...others] = sent.toReversed();
  expect(new Set(others).size).toBe(others.length);
  expect(others).toContain(control);
  expect(control).toMatch(/^GET \/wafproof-probe-/);
});
