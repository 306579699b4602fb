import { randomBytes } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** An application with a form, roles, and pages of the same bytes for whatever it refuses. */
export async function startApplication() {
  const sessions = new Map<string, string>();
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => answer(request, Buffer.concat(chunks).toString(), response, sessions));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    port,
    close: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

type Reply = readonly [status: number, text: string, headers?: Readonly<Record<string, string>>];

/** A request as far as the pages look at it. */
interface Asked {
  readonly isWriting: boolean;
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
}

const refused: Reply = [403, 'Forbidden'];

function isOwnOrigin({ origin, host }: Asked['headers']): boolean {
  return origin === `http://${host}`;
}

type Sessions = Map<string, string>;
type Page = (asked: Asked, sessions: Sessions) => Reply;

const role: Page = ({ isWriting, headers }) =>
  isWriting && headers.authorization !== 'Bearer admin' ? refused : [200, 'list'];

const pages: Readonly<Record<string, Page>> = {
  '/open': ({ body }) => [200, `ok ${body.length}`],
  '/csrf': (asked, sessions) => (asked.isWriting ? checkToken(asked, sessions) : form(sessions)),
  '/role': role,
  '/scope': (asked, sessions) =>
    asked.headers.authorization === undefined ? [401, 'Who are you?'] : role(asked, sessions),
  '/origin': ({ isWriting, headers }) => (isWriting && !isOwnOrigin(headers) ? refused : [200, 'ok']),
  '/cors': ({ headers }) => (headers.origin !== undefined && !isOwnOrigin(headers) ? refused : [200, 'ok']),
  '/large': ({ body }) => (body.length > 5000 ? refused : [200, 'ok']),
  '/leak': () => [200, 'You have an error in your SQL syntax'],
  '/script': (asked, sessions) => (asked.isWriting ? checkHeader(asked, sessions) : scriptPage(sessions)),
  '/twice': ({ isWriting, headers }) =>
    isWriting
      ? isTwice(headers)
      : [200, '<div id=app></div>', { 'Set-Cookie': `XSRF-TOKEN=${randomBytes(12).toString('hex')}; Path=/` }],
  '/words': ({ body }) => (body.includes('%3Cb%3E') ? refused : [200, 'ok']),
};

function answer(request: IncomingMessage, body: string, response: ServerResponse, sessions: Sessions): void {
  const { pathname } = new URL(request.url ?? '/', 'http://any.invalid');
  const asked = { isWriting: request.method !== 'GET', headers: request.headers, body };
  const [status, text, headers = {}] = pages[pathname]?.(asked, sessions) ?? [404, 'no such page'];
  response.writeHead(status, { 'Content-Type': 'text/html', ...headers });
  response.end(text);
}

function form(sessions: Sessions): Reply {
  const id = randomBytes(6).toString('hex');
  const token = randomBytes(8).toString('hex');
  sessions.set(id, token);
  const page = `<form method=post><input type=hidden name="csrf_token" value="${token}"><input name=comment></form>`;
  return [200, page, { 'Set-Cookie': `sid=${id}; Path=/` }];
}

/** A page whose script sends the token in a header field. */
function scriptPage(sessions: Sessions): Reply {
  const [id, token] = [randomBytes(6).toString('hex'), randomBytes(8).toString('hex')];
  sessions.set(id, token);
  return [200, `<meta name="csrf-token" content="${token}">`, { 'Set-Cookie': `sid=${id}; Path=/` }];
}

function checkHeader({ headers }: Asked, sessions: Sessions): Reply {
  const id = /(?:^|; )sid=([^;]*)/.exec(headers.cookie ?? '')?.[1] ?? '';
  const token = headers['x-csrf-token'];
  return token !== undefined && sessions.get(id) === token ? [200, 'saved'] : refused;
}

/** The cookie and the header field have to hold the same. */
function isTwice(headers: Asked['headers']): Reply {
  const cookie = /(?:^|; )XSRF-TOKEN=([^;]*)/.exec(headers.cookie ?? '')?.[1];
  return cookie !== undefined && headers['x-xsrf-token'] === cookie ? [200, 'saved'] : refused;
}

function checkToken({ headers, body }: Asked, sessions: Sessions): Reply {
  const id = /(?:^|; )sid=([^;]*)/.exec(headers.cookie ?? '')?.[1] ?? '';
  const token = new URLSearchParams(body).get('csrf_token');
  return token !== null && sessions.get(id) === token ? [200, 'saved'] : refused;
}
