import { execFileSync, spawn } from 'node:child_process';
import { type AddressInfo, createServer, type Server } from 'node:net';
import type { CapturedRequest } from '../../../src/record/captured-request.js';

/** A request in the words of a test: headers sorted, boundaries of forms named alike, texts one character a byte. */
export type Told = readonly [method: string, target: string, headers: readonly string[], body: string];

interface Heard {
  readonly method: string;
  readonly target: string;
  readonly headers: readonly (readonly [string, string])[];
  readonly body: string;
}

/** The version of the curl that is installed; empty where there is none. */
export function curlVersion(): string {
  try {
    return /^curl (\S+)/.exec(execFileSync('curl', ['--version'], { encoding: 'utf8' }))?.[1] ?? '';
  } catch {
    return '';
  }
}

/** A server that keeps what it hears, byte by byte, and answers with nothing. */
export class RecordingServer {
  private readonly server: Server = createServer();
  private heard: Heard[] = [];

  async listen(): Promise<string> {
    this.server.on('connection', (socket) => {
      let bytes = '';
      socket.setEncoding('latin1').on('error', () => undefined);
      socket.on('data', (chunk: string) => {
        // curl waits a second for leave to send a body.
        if (/\r\nexpect: 100-continue\r\n/i.test(chunk)) socket.write('HTTP/1.1 100 Continue\r\n\r\n');
        bytes += chunk;
        for (let read = readRequest(bytes); read !== undefined; read = readRequest(bytes)) {
          this.heard.push(read.request);
          bytes = bytes.slice(read.length);
          // A connection that is kept would keep newman from ending.
          socket.end('HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 0\r\n\r\n');
        }
      });
    });
    await new Promise<void>((done) => this.server.listen(0, '127.0.0.1', done));
    return `127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  /** What it has heard since it was asked last. */
  take(): readonly Told[] {
    const heard = this.heard.map(told);
    this.heard = [];
    return heard;
  }

  close(): void {
    this.server.close();
  }
}

function readRequest(bytes: string): { readonly request: Heard; readonly length: number } | undefined {
  const end = bytes.indexOf('\r\n\r\n');
  if (end < 0) return undefined;
  const [first = '', ...lines] = bytes.slice(0, end).split('\r\n');
  const headers = lines.map((line) => [line.slice(0, line.indexOf(':')), line.slice(line.indexOf(':') + 1)] as const);
  const headerOf = (name: string) => headers.find(([given]) => given.toLowerCase() === name)?.[1] ?? '';
  const rest = bytes.slice(end + 4);
  const body = /chunked/i.test(headerOf('transfer-encoding'))
    ? unchunked(rest)
    : measured(rest, Number(headerOf('content-length')));
  if (body === undefined) return undefined;
  const [, method = '', target = ''] = /^(\S+) (.*) HTTP\/[\d.]+$/s.exec(first) ?? [];
  return { request: { method, target, headers, body: body.text }, length: end + 4 + body.length };
}

function measured(rest: string, length: number) {
  return rest.length < length ? undefined : { text: rest.slice(0, length), length };
}

function unchunked(rest: string) {
  let text = '';
  for (let at = 0; ; ) {
    const [head, digits = ''] = /^([\da-f]+)\r\n/i.exec(rest.slice(at, at + 20)) ?? [];
    const size = Number.parseInt(digits, 16);
    if (head === undefined || rest.length < at + head.length + size + 2) return undefined;
    text += rest.slice(at + head.length, at + head.length + size);
    at += head.length + size + 2;
    if (size === 0) return { text, length: at };
  }
}

/** Headers of one connection, which importing leaves out anyway. */
const ofConnection = /^(?:host|content-length|transfer-encoding|expect|te|connection)$/i;

function told({ method, target, headers, body }: Heard): Told {
  const meant = headers.filter(([name]) => !ofConnection.test(name));
  const lines = meant
    .map(([name, value]) => `${name}: ${value.trim()}`)
    .map((line) => line.replace(/^(User-Agent: curl)\/.*/, '$1'));
  const boundaries = `${lines.join('\n')}\n${body}`.match(/(?<=boundary=)(?:-{24,}[\da-z]+|[\da-f]{32})/gi) ?? [];
  const [text = '', ...shown] = [body, ...lines].map((one) =>
    boundaries.reduce((all, it, i) => all.replaceAll(it, `B${i}`), one),
  );
  return [method, target, shown.sort(), text];
}

export function toldOf({ method, url, headers, body }: CapturedRequest): Told {
  const bytes = (one: string) => Buffer.from(one).toString('latin1');
  return told({
    method,
    target: bytes(url).replace(/^[a-z]+:\/\/[^/?#]*/i, ''),
    headers: headers.map(([name, value]) => [bytes(name), bytes(value)] as const),
    body: body.kind === 'bytes' ? Buffer.from(body.bytes).toString('latin1') : '',
  });
}

/** Runs a command; one that hangs is ended, with all that it started. */
export async function runBash(command: string, folder: string): Promise<void> {
  const child = spawn('bash', ['-c', command], {
    cwd: folder,
    detached: true,
    stdio: 'ignore',
    env: { PATH: process.env['PATH'], LC_ALL: 'C.UTF-8', HOME: folder },
  });
  const timer = setTimeout(() => child.pid !== undefined && process.kill(-child.pid, 'SIGKILL'), 5000);
  await new Promise((done) => child.on('close', done));
  clearTimeout(timer);
}
