import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { SessionOptions } from '../../src/model/session-options.js';
import { reporters } from '../../src/report/reporters.js';
import { serveHttp } from '../replay/loopback.js';
import { type LoginApp, password, serveLoginApp } from '../replay/session/login-app.js';
import { wholeText } from '../report/rendered-text.js';
import { folderOf } from '../suite/suite-folder.js';
import { startTestLab } from './doctor-target.js';
import { resultOf, runAgainst } from './run-against.js';

const session: SessionOptions = {
  steps: [
    { get: '/login' },
    {
      submit: '#login',
      fill: [
        ['user', 'ada'],
        ['password', { name: 'APP_PASSWORD', value: password }],
      ],
      expect: { status: 302 },
    },
  ],
};

/** The application behind a real engine that blocks. */
async function protectedApp(): Promise<{ app: LoginApp; lab: { url: string; log: string } }> {
  const app = await serveLoginApp();
  return { app, lab: await startTestLab({ upstream: app.url }) };
}

async function runIn(suite: string, own: Partial<SessionOptions> = {}, before?: (app: LoginApp) => void) {
  const { app, lab } = await protectedApp();
  before?.(app);
  const report = await runAgainst(lab, suite, { target: { session: { ...session, ...own }, logWaitMs: 2000 } });
  return { app, report };
}

const items = `suite: S
cases:
  - id: item
    from: { page: /items/add, form: "#item" }
    form: { title: "Ten items", text: "We open on Monday." }
  - id: more
    from: { page: /items/add, form: "#item", without: [public] }
    form: { text: !each words.txt, pinned: yes, continue: 1 }
`.replace('!each words.txt', '"a; b"');

test('a case submits the form of a page with all that is in it, and arrives', async () => {
  const { app, report } = await runIn(items);
  expect(report.results.map(({ verdict, status }) => [verdict.kind, status])).toEqual(
    Array(2).fill(['let-through', 302]),
  );
  const [item, more] = app.saved.toSorted((a, b) => a.fields.length - b.fields.length || 1);
  const saved = [item, more].map((one) =>
    one?.fields.filter(([name]) => name !== 'csrf').map((pair) => pair.join('=')),
  );
  expect(saved).toContainEqual([
    'action=create',
    'title=Ten items',
    'kind=b',
    'public=on',
    'text=We open on Monday.',
    'save=Save',
  ]);
  expect(saved).toContainEqual(['action=create', 'title=', 'kind=b', 'pinned=yes', 'text=a; b', 'continue=1']);
  expect(app.saved.map(({ line, user }) => [line, user])).toEqual(Array(2).fill(['POST /items/add?step=1', 'ada']));
  expect(resultOf(report, 's/item').request).toMatchObject({
    method: 'POST',
    path: '/items/add?step=1',
    body: { kind: 'form' },
  });
});

test('tokens that hold once are fetched before each case, by form, page or body', async () => {
  const suite = `suite: S
cases:
${Array.from({ length: 12 }, (_, i) => `  - { id: a${i}, method: POST, path: /api, headers: { X-Nonce: !session nonce }, json: { n: ${i} } }`).join('\n')}
`;
  const { app, report } = await runIn(suite, { values: { nonce: { body: true, page: '/nonce', fresh: 'case' } } });
  expect(report.summary.verdicts).toEqual({ 'let-through': 12 });
  expect(new Set(app.saved.map(({ headers }) => headers['x-nonce'])).size).toBe(12);
});

test.each([
  ['at the case', 'POST /save', '{ method: POST, path: /save, form: { csrf: !session csrf, text: one } }'],
  ['at its page', 'GET /items/add', '{ from: { page: /items/add, form: "#item" }, form: { text: one } }'],
  ['between its page and the case', 'POST /items/add?step=1', '{ from: { page: /items/add, form: "#item" } }'],
])('a session that is lost is opened again once, and the case sent again once: %s', async (_, line, one) => {
  const suite = `suite: S\ncases:\n  - ${one.replace('{', '{ id: a,')}\n`;
  const { app, report } = await runIn(suite, { values: { csrf: { meta: 'csrf-token' } } }, (started) =>
    started.restartBefore(line),
  );
  expect(report.results[0]).toMatchObject({ verdict: { kind: 'let-through' }, status: 302 });
  expect([app.logins(), app.saved.length]).toEqual([2, 1]);
});

test.each<[string, Partial<SessionOptions>]>([
  ['by a text', { lost: { text: ['You are not logged in.'] } }],
  ['by the loss of a cookie of the login', { steps: awaiting('user'), lost: { status: [401] } }],
])('a form that guests get as well is not submitted as a guest, where its page shows it %s', async (_, own) => {
  const suite = 'suite: S\ncases:\n  - { id: a, from: { page: /items/add, form: "#item" }, form: { title: Ten } }\n';
  const { app, report } = await runIn(suite, own, (started) => {
    started.welcomeGuests();
    started.restartBefore('GET /items/add');
  });
  expect(report.results[0]).toMatchObject({ verdict: { kind: 'let-through' }, status: 302 });
  expect([app.logins(), app.saved.map(({ user }) => user)]).toEqual([2, ['ada']]);
});

function awaiting(cookie: string): NonNullable<SessionOptions['steps']> {
  return (session.steps ?? []).map((step) => ('submit' in step ? { ...step, expect: { status: 302, cookie } } : step));
}

test('where it cannot be opened again, the case is inconclusive and says why', async () => {
  const suite = 'suite: S\ncases:\n  - { id: a, method: POST, path: /save, form: { csrf: x } }\n';
  const { app, lab } = await protectedApp();
  app.restartBefore('POST /save');
  app.lockAfter(1);
  const report = await runAgainst(lab, suite, { target: { session, logWaitMs: 2000 } });
  const reason =
    /^session lost \(redirected to \/login\), and not open again: .*step 2 \(submit #login\): expected status 302/;
  expect(report.results[0]?.verdict).toEqual({ kind: 'inconclusive', reason: expect.stringMatching(reason) });
});

test('where that does not help, the case is inconclusive, and never a pass', async () => {
  const lost = { text: ['Home'] };
  const suite =
    'suite: S\ncases:\n  - { id: a, path: / }\n  - { id: b, path: /x }\n  - { id: c, path: /y }\n  - { id: d, path: /z }\n';
  const { app, report } = await runIn(suite, { lost });
  expect(report.results.map(({ verdict }) => verdict)).toEqual(
    Array(4).fill({ kind: 'inconclusive', reason: expect.stringMatching(/^session lost/) }),
  );
  expect(app.logins()).toBeLessThanOrEqual(4);
});

test('what the WAF refuses is a false positive, though the sign of a lost session is the same', async () => {
  const suite = `suite: S\ncases:\n  - id: a\n    from: { page: /items/add, form: "#item" }\n    form: { text: "' or 1=1 union select password from users --" }\n`;
  const { app, report } = await runIn(suite, { lost: { status: [403] } });
  expect(report.results[0]?.verdict).toEqual({ kind: 'false-positive', detectedOnly: false });
  expect([app.logins(), app.saved.length]).toEqual([1, 0]);
});

test('a page without the form makes its case inconclusive, and says what came', async () => {
  const suite = 'suite: S\ncases:\n  - { id: a, from: { page: /, form: "#item" }, form: { a: "1" } }\n';
  const { report } = await runIn(suite);
  expect(report.results[0]?.verdict).toEqual({
    kind: 'inconclusive',
    reason: expect.stringMatching(
      /^the page \/ with the form #item is needed, but status 200 came from \/, titled "Home" \(request w7-/,
    ),
  });
});

test('a form needs no session, and a case without one gets the cookies of its page', async () => {
  const { app, lab } = await protectedApp();
  const suite = `suite: S\ncases:\n  - { id: a, from: { page: /login }, form: { user: ada, password: !env APP_PASSWORD } }\n`;
  const report = await runAgainst(lab, suite, { env: { APP_PASSWORD: password }, target: { logWaitMs: 2000 } });
  expect(report.results[0]).toMatchObject({ verdict: { kind: 'let-through' }, status: 302 });
  expect(app.logins()).toBe(1);
});

test('several users have sessions of their own, and send side by side', async () => {
  const suite = `suite: S\ncases:\n${Array.from({ length: 9 }, (_, i) => `  - { id: a${i}, from: { page: /items/add, form: "#item" }, form: { title: "${i}" } }`).join('\n')}\n`;
  const { app, report } = await runIn(suite, { users: 3 });
  expect(report.summary.verdicts).toEqual({ 'let-through': 9 });
  expect([app.logins(), new Set(app.saved.map(({ headers }) => headers.cookie)).size]).toEqual([3, 3]);
});

test('nothing that opens a session is in a report, a journal or on the terminal', async () => {
  const journal = await folderOf({});
  const { app, lab } = await protectedApp();
  const suite = `${items}  - { id: sql, from: { page: /items/add, form: "#item" }, form: { text: "' or 1=1 union select password from users --" } }\n  - { id: meta, path: "/?x=<script>alert(1)</script>", headers: { X-CSRF: !session csrf } }\n`;
  const values = { csrf: { meta: 'csrf-token' } };
  const target = {
    session: { ...session, values, headers: [['X-Auth', ['Bearer', { session: 'csrf' }]] as const] },
    logWaitMs: 2000,
  };
  const report = await runAgainst(lab, suite, { target, journal: { folder: journal, resume: false } });
  expect(report.summary.verdicts).toEqual({ 'let-through': 2, 'false-positive': 2 });
  const secrets = new RegExp(`${password}|tok-[0-9a-f]{6}|sid-[0-9a-f]{6}`, 'i');
  expect(app.seen.some(({ headers }) => /^Bearer tok-/.test(`${headers['x-auth']}`))).toBe(true);
  for (const name of reporters.keys()) {
    const reporter = await reporters.get(name)?.({ colours: false, outDir: journal });
    const rendered = await reporter?.render(report);
    const texts = await Promise.all((rendered?.files ?? []).map(wholeText));
    expect([rendered?.terminal, ...texts].join(''), name).not.toMatch(secrets);
  }
  expect(await readFile(join(journal, 'journal.jsonl'), 'utf8')).not.toMatch(secrets);
});

test('cookies that answers set are those of the session from then on, and so are values of them', async () => {
  const seen: string[] = [];
  let set = '';
  let turn = 0;
  const url = await serveHttp((request, response) => {
    const { cookie = '', 'x-csrf': csrf } = request.headers;
    if (request.method === 'POST') seen.push(`csrf=${csrf}`);
    if (/POST|nonce/.test(`${request.method} ${request.url}`)) seen.push(cookie === set ? 'newest' : `old: ${cookie}`);
    set = `csrf=turn-${++turn}-of-many`;
    response.setHeader('Set-Cookie', `${set}; Path=/`).end('<title>Home</title>');
  });
  const lab = await startTestLab({ upstream: url });
  const one = (id: string) =>
    `  - { id: ${id}, method: POST, path: /save, headers: { X-CSRF: !session csrf, X-Nonce: !session nonce } }\n`;
  const values = { csrf: { cookie: 'csrf' }, nonce: { body: true, page: '/nonce', fresh: 'case' } } as const;
  const report = await runAgainst(lab, `suite: S\ncases:\n${['a', 'b', 'c'].map(one).join('')}`, {
    target: { session: { steps: [{ get: '/' }], values }, logWaitMs: 2000 },
  });
  expect(report.summary.verdicts).toEqual({ 'let-through': 3 });
  expect(seen.filter((line) => line.startsWith('old'))).toEqual([]);
  expect(new Set(seen.filter((line) => line !== 'newest')).size).toBe(3);
});

test('a login that the WAF refuses is told as that, with the rules and without the password', async () => {
  const attack = "x' or 1=1-- union select password from users";
  const { steps = [] } = session;
  const [get] = steps;
  const fill = [['user', 'ada'] as const, ['password', { name: 'APP_PASSWORD', value: attack }] as const];
  const own = { steps: [...(get === undefined ? [] : [get]), { submit: '#login', fill, expect: { status: 302 } }] };
  const failure = runIn(items, own);
  await expect(failure).rejects.toMatchObject({
    code: 'SESSION_BLOCKED',
    message: expect.stringMatching(/the WAF refused a request of it \(.*942\d+ at ARGS:password.*step 2 .*status 403/),
  });
  await expect(failure).rejects.not.toMatchObject({ message: expect.stringContaining('union') });
});

test('a login that fails by itself is not laid at the door of the WAF', async () => {
  const fill = [['user', 'ada'] as const, ['password', { name: 'APP_PASSWORD', value: 'wrong' }] as const];
  const { steps: [get] = [] } = session;
  const steps = [...(get === undefined ? [] : [get]), { submit: '#login', fill, expect: { status: 302 } }];
  await expect(runIn(items, { steps })).rejects.toMatchObject({ code: 'SESSION_FAILED' });
});
