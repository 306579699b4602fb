import type { IncomingMessage, ServerResponse } from 'node:http';
import { expect, test } from 'vitest';
import type { SessionOptions } from '../../src/model/session-options.js';
import { serveHttp } from '../replay/loopback.js';
import { startTestLab } from './doctor-target.js';
import { resultOf, runAgainst } from './run-against.js';

const login = '<title>Log in</title><form id=login method=post action=/login><input name=user></form>';
const session: SessionOptions = {
  steps: [{ get: '/login' }, { submit: '#login', fill: [['user', 'ada']], expect: { status: 302 } }],
};

interface Turn {
  readonly line: string;
  readonly sid: string;
  readonly response: ServerResponse;
  /** The answer to whom the application does not know. */
  toLogin(): void;
  arrive(): void;
}

/** An application with one session at a time. */
class OneSession {
  sid = '';
  logins = 0;
  readonly arrived: string[] = [];
  readonly #answer: (turn: Turn, app: OneSession) => void;

  constructor(answer: (turn: Turn, app: OneSession) => void) {
    this.#answer = answer;
  }

  take(request: IncomingMessage, response: ServerResponse): void {
    request.resume();
    const line = `${request.method} ${request.url}`;
    const sid = /(?:^|; )sid=([^;]*)/.exec(request.headers.cookie ?? '')?.[1] ?? '';
    const toLogin = () => void response.writeHead(302, { Location: '/login' }).end();
    const arrive = () => {
      this.arrived.push(line);
      response.writeHead(201).end();
    };
    if (line === 'GET /login') response.end(login);
    else if (line === 'POST /login') {
      this.sid = `session-${++this.logins}`;
      response.writeHead(302, { Location: '/', 'Set-Cookie': `sid=${this.sid}; Path=/` }).end();
    } else if (sid === '' && line === 'GET /') response.end('<title>Shop</title>');
    else this.#answer({ line, sid, response, toLogin, arrive }, this);
  }
}

async function runIn(
  answer: (turn: Turn, app: OneSession) => void,
  cases: readonly string[],
  own: Partial<SessionOptions> = {},
) {
  const app = new OneSession(answer);
  const lab = await startTestLab({ upstream: await serveHttp((request, response) => app.take(request, response)) });
  const suite = `suite: S\ncases:\n${cases.map((one) => `  - ${one}\n`).join('')}`;
  const target = { session: { ...session, ...own }, connections: 50, logWaitMs: 3000, timeoutMs: 30_000 };
  return { app, report: await runAgainst(lab, suite, { target }) };
}

const posts = (count: number) =>
  Array.from({ length: count }, (_, i) => `{ id: a${i}, method: POST, path: /save/${i}, form: { text: We open } }`);

const knownOnly = ({ sid, arrive, toLogin }: Turn, app: OneSession) => (sid === app.sid ? arrive() : toLogin());

test('many cases that are on their way when the session ends take one login, and arrive', async () => {
  const held: Turn[] = [];
  let answered = 0;
  let isOver = false;
  const endAll = (one: OneSession) => {
    isOver = true;
    one.sid = '';
    for (const waiting of held) waiting.toLogin();
  };
  const { app, report } = await runIn((turn, one) => {
    if (isOver || !turn.line.startsWith('POST') || ++answered < 80) return knownOnly(turn, one);
    held.push(turn);
    if (held.length === 1) setTimeout(() => endAll(one), 500);
  }, posts(200));
  expect(report.summary.verdicts).toEqual({ 'let-through': 200 });
  expect(held.length).toBeGreaterThan(5);
  expect([app.logins, app.arrived.length]).toEqual([2, 200]);
});

test('a session that every request ends is not opened for each of them', async () => {
  const { app, report } = await runIn((turn, one) => {
    one.sid = '';
    turn.toLogin();
  }, posts(50));
  expect(report.summary.verdicts).toEqual({ inconclusive: 50 });
  expect(app.logins).toBeLessThanOrEqual(4);
});

test('a case that logs out arrives, and those beside it and after it log in once more', async () => {
  const { app, report } = await runIn(
    (turn, one) => {
      if (turn.line !== 'POST /logout') return knownOnly(turn, one);
      one.arrived.push(turn.line);
      one.sid = '';
      turn.response.setHeader('Set-Cookie', 'sid=; Path=/; Max-Age=0');
      turn.toLogin();
    },
    [...posts(3), '{ id: out, method: POST, path: /logout }', ...posts(6).slice(3)],
  );
  expect(resultOf(report, 's/out')).toMatchObject({ verdict: { kind: 'let-through' }, status: 302 });
  expect(report.summary.verdicts).toEqual({ 'let-through': 7 });
  expect(app.arrived.filter((line) => line === 'POST /logout')).toHaveLength(1);
  expect(app.logins).toBe(2);
});

test.each([
  ['a cookie', 'cookies: { sid: nobody-knows-this }'],
  ['a Cookie header', 'headers: { Cookie: sid=nobody-knows-this }'],
  ['no cookies', 'headers: { Cookie: null }'],
])('a case with %s of its own does not log the others out', async (_, own) => {
  const { app, report } = await runIn(
    (turn, one) => {
      if (turn.line === 'POST /own') turn.response.setHeader('Set-Cookie', 'sid=guest; Path=/');
      if (turn.line === 'POST /own') turn.arrive();
      else if (turn.line === 'GET /nonce') turn.response.end('nonce-1');
      else knownOnly(turn, one);
    },
    [`{ id: own, method: POST, path: /own, ${own} }`, ...posts(4)],
    { values: { nonce: { body: true, page: '/nonce', fresh: 'case' } }, headers: [['X-Nonce', { session: 'nonce' }]] },
  );
  expect(report.summary.verdicts).toEqual({ 'let-through': 5 });
  expect(app.logins).toBe(1);
});

test('a value with a line break in it makes the case inconclusive, and is not told', async () => {
  const { app, report } = await runIn(
    ({ line, response, arrive }) => {
      if (line === 'GET /') response.end('<meta name=csrf content="token-77412&#13;&#10;X-Evil: 1">');
      else arrive();
    },
    ['{ id: a, method: POST, path: /save, headers: { X-CSRF: !session csrf } }'],
    { values: { csrf: { meta: 'csrf' } } },
  );
  expect(report.results[0]?.verdict.kind).toBe('inconclusive');
  expect(JSON.stringify(report)).not.toMatch(/77412|X-Evil/);
  expect(app.arrived).toEqual([]);
});

test('a cookie goes back as it came, whatever its bytes', async () => {
  const seen: string[] = [];
  const url = await serveHttp((request, response) => {
    if (request.url === '/save') seen.push(request.headers.cookie ?? '');
    response.setHeader('Set-Cookie', Buffer.from('name=Zoë; Path=/').toString('latin1')).end();
  });
  const lab = await startTestLab({ upstream: url });
  const suite = 'suite: S\ncases:\n  - { id: a, method: POST, path: /save }\n';
  await runAgainst(lab, suite, { target: { session: { steps: [{ get: '/' }] }, logWaitMs: 2000 } });
  expect(seen.map((text) => Buffer.from(text, 'latin1').toString())).toEqual(['name=Zoë']);
});
