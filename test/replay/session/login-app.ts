import { randomBytes } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { serveHttp } from '../loopback.js';

/** What an application did with a request. */
export interface Seen {
  readonly line: string;
  readonly user: string | undefined;
  readonly fields: readonly (readonly [string, string])[];
  readonly headers: IncomingMessage['headers'];
}

/** An application with a login whose tokens change with it, and forms that take a token once. */
export interface LoginApp {
  readonly url: string;
  readonly seen: Seen[];
  /** What was saved. */
  readonly saved: Seen[];
  /** All sessions end, once, just before a request such as `POST /save`. */
  restartBefore(line: string): void;
  /** How often somebody logged in. */
  logins(): number;
  /** After so many logins nobody can log in. */
  lockAfter(logins: number): void;
  /** Who has not logged in may add items too, as a guest. */
  welcomeGuests(): void;
}

/** The users, by name, and their password. */
export const password = 'Sesame-open-7741';

const form = (token: string) => `<!doctype html><title>New item</title><!-- <form id=old><input name=x></form> -->
<form action="/search"><input name="q" value="old words"></form>
<form id="item" method="post" action="?step=1">
<input type="hidden" name="action" value="create"><input type="hidden" name="csrf" value="${token}">
<input name="title"><select name="kind"><option value="a">A</option><option value="b" selected>B</option></select>
<input type="checkbox" name="public" checked><input type="checkbox" name="pinned" value="yes">
<textarea name="text">
first
second</textarea>
<button name="save" value="Save">Save</button><button name="continue" value="1">More</button></form>`;

const login = (token: string, note = '') => `<!doctype html><title>Log in</title>${note}
<form id="login" method="post"><input type="hidden" name="csrf" value="${token}"><input type="hidden" name="next" value="/">
<input name="user"><input type="password" name="password"></form>`;

interface UserSession {
  readonly user: string | undefined;
  readonly tokens: Set<string>;
}

/** A request, what is known of who sent it, and how to answer. */
interface Turn {
  readonly one: Seen;
  readonly path: string;
  readonly id: string;
  readonly session: UserSession | undefined;
  readonly response: ServerResponse;
  value(name: string): string;
}

export async function serveLoginApp(): Promise<LoginApp> {
  const app = new App();
  const url = await serveHttp((request, response) => void app.take(request, response));
  const { seen, saved } = app;
  return {
    url,
    seen,
    saved,
    restartBefore: (line) => {
      app.restart = line;
    },
    logins: () => app.logins,
    lockAfter: (logins) => {
      app.mostLogins = logins;
    },
    welcomeGuests: () => {
      app.takesGuests = true;
    },
  };
}

class App {
  readonly sessions = new Map<string, UserSession>();
  readonly seen: Seen[] = [];
  readonly saved: Seen[] = [];
  logins = 0;
  mostLogins = Number.POSITIVE_INFINITY;
  restart: string | undefined;
  takesGuests = false;

  async take(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const fields = [...new URLSearchParams(await textOf(request))];
    const id = /(?:^|; )sid=([^;]*)/.exec(request.headers.cookie ?? '')?.[1] ?? '';
    if (`${request.method} ${request.url}` === this.restart) {
      this.sessions.clear();
      this.restart = undefined;
    }
    const session = this.sessions.get(id);
    const one = { line: `${request.method} ${request.url}`, user: session?.user, fields, headers: request.headers };
    this.seen.push(one);
    response.setHeader('Content-Type', 'text/html; charset=utf-8');
    const value = (name: string) => fields.find(([given]) => given === name)?.[1] ?? '';
    const turn = { one, path: new URL(request.url ?? '/', 'http://app').pathname, id, session, response, value };
    if (turn.path === '/login') this.#login(turn, request.method === 'GET');
    else if (this.takesGuests && session?.user === undefined && turn.path === '/items/add') this.#asGuest(turn);
    else if (session?.user === undefined) response.writeHead(302, { Location: `/login?next=${turn.path}` }).end();
    else if (request.method === 'GET') this.#show(turn);
    else this.#save(turn, session);
  }

  #login({ id, session, response, value }: Turn, isPage: boolean): void {
    if (isPage) response.end(login(this.#token(session === undefined ? this.#begin(response) : id)));
    else if (session?.tokens.delete(value('csrf')) !== true) stale(response);
    else if (this.logins >= this.mostLogins || value('password') !== password)
      response.end(login(this.#token(id), '<p>Wrong.</p>'));
    else {
      this.logins++;
      this.sessions.delete(id);
      this.#begin(response, value('user'));
      if (this.takesGuests) response.appendHeader('Set-Cookie', `user=${value('user')}; Path=/`);
      response.writeHead(302, { Location: '/' }).end();
    }
  }

  #asGuest(turn: Turn): void {
    const { one, session, response } = turn;
    if (one.line.startsWith('POST') && session !== undefined) this.#save(turn, session);
    else {
      response.appendHeader('Set-Cookie', 'user=%20; Path=/; Expires=Thu, 01 Jan 1970 00:00:00 GMT');
      response.end(`<p>You are not logged in.</p>${form(this.#token(this.#begin(response)))}`);
    }
  }

  #show({ path, id, response }: Turn): void {
    if (path === '/items/add') response.end(form(this.#token(id)));
    else if (path === '/nonce') response.end(` ${this.#token(id)}\n`);
    else response.end(`<title>Home</title><meta name="csrf-token" content="${this.#token(id)}">`);
  }

  #save({ one, response, value }: Turn, session: UserSession): void {
    const token = one.headers['x-nonce']?.toString() ?? value('csrf');
    if (!session.tokens.delete(token)) stale(response);
    else {
      this.saved.push(one);
      response.writeHead(302, { Location: '/items/1' }).end();
    }
  }

  #begin(response: ServerResponse, user?: string): string {
    const id = `sid-${randomBytes(12).toString('hex')}`;
    this.sessions.set(id, { user, tokens: new Set() });
    response.appendHeader('Set-Cookie', `sid=${id}; Path=/; HttpOnly`);
    return id;
  }

  #token(id: string): string {
    const token = `tok-${randomBytes(12).toString('hex')}`;
    this.sessions.get(id)?.tokens.add(token);
    return token;
  }
}

function stale(response: ServerResponse): void {
  response.writeHead(403).end('<title>Stale token</title>');
}

async function textOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString('latin1');
}
