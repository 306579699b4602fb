import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { BrowserOpening, SessionOptions } from '../../src/model/session-options.js';
import { appPassword, proofOf, type ScriptApp, serveScriptApp } from '../record/browser/script-app.js';
import { chromium } from '../report/browser.js';
import { folderOf } from '../suite/suite-folder.js';
import { startTestLab } from './doctor-target.js';
import { runAgainst } from './run-against.js';

const withBrowser = test.skipIf(chromium === undefined);

const submit = {
  submit: '#login',
  fill: [
    ['user', 'ada'],
    ['password', { name: 'APP_PASSWORD', value: appPassword }],
  ],
  expect: { status: 302, cookie: 's*d' },
} as const;

const values = { nonce: 'api.nonce' };
const suite = `suite: S
cases:
  - { id: a, path: /api/posts, headers: { X-Nonce: !session nonce }, json: { text: We open on Monday. } }
  - { id: b, path: /api/posts, headers: { X-Nonce: !session nonce }, json: { text: And on Tuesday. } }
`;

interface Own {
  readonly browser?: Partial<BrowserOpening>;
  readonly session?: Partial<SessionOptions>;
  readonly env?: Record<string, string>;
}

async function runIn({ browser, session, env = {} }: Own, before?: (app: ScriptApp) => void) {
  const app = await serveScriptApp();
  const lab = await startTestLab({ upstream: app.url });
  before?.(app);
  const opening = { page: '/editor', values, ...browser };
  const target = { session: { steps: [{ get: '/login' }, submit], browser: opening, ...session }, logWaitMs: 2000 };
  return { app, report: await runAgainst(lab, suite, { target, env: { ...process.env, ...env } as never }) };
}

withBrowser('steps are taken in a browser, values are those of the page, and cases are sent without it', async () => {
  const { app, report } = await runIn({});
  expect(report.results.map(({ verdict, status }) => [verdict.kind, status])).toEqual(
    Array(2).fill(['let-through', 201]),
  );
  expect(app.logins()).toBe(1);
  const text = JSON.stringify(report);
  for (const { headers } of app.arrived) {
    expect(headers['user-agent']).toContain('Wafproof');
    expect(text).not.toContain(`${headers['x-nonce']}`);
    expect(text).not.toContain(`${headers.cookie}`.replace('sid=', ''));
  }
});

withBrowser('a session that is lost is opened again by the browser, once', async () => {
  const { app, report } = await runIn({}, (started) => started.forgetBefore('POST /api/posts', 2));
  expect(report.summary.verdicts).toEqual({ 'let-through': 2 });
  expect(app.logins()).toBe(2);
});

test.skipIf(chromium === undefined).each(['ts', 'mjs'])('a script logs in: .%s', async (type) => {
  const typed = type === 'ts' ? ': { readonly url: string; env(name: string): string }' : '';
  const script = `export default async function login(page${type === 'ts' ? ': any' : ''}, { url, env }${typed}) {
  await page.goto(url + '/login');
  await page.fill('[name=user]', 'ada');
  await page.fill('[name=password]', env('APP_PASSWORD'));
  await page.click('button');
  await page.waitForURL('**/editor');
}
`;
  const folder = await folderOf({ [`login.${type}`]: script });
  const { app, report } = await runIn({
    browser: { login: join(folder, `login.${type}`) },
    session: { steps: [] },
    env: { APP_PASSWORD: appPassword },
  });
  expect(report.summary.verdicts).toEqual({ 'let-through': 2 });
  expect(app.logins()).toBe(1);
});

const failing = (text: string) => `export default async (page, { url, env }) => { ${text} };\n`;

test.skipIf(chromium === undefined).each<[string, Own & { readonly script?: string }, RegExp]>([
  [
    'a wrong password',
    {
      session: {
        steps: [
          { get: '/login' },
          {
            ...submit,
            fill: [
              ['user', 'eve'],
              ['password', { name: 'P', value: 'wrong-7741' }],
            ],
          },
        ],
      },
    },
    /^SESSION_FAILED the session could not be opened: step 2 \(submit #login\): expected status 302, but status 200 came, and then status 200 from \/login, titled "Log in"$/,
  ],
  [
    'a page that is not there',
    { browser: { page: '/editor' }, session: { steps: [] } },
    /page \/editor: expected a text from api\.nonce, but .*api is not defined/,
  ],
  [
    'a form that is not there',
    { session: { steps: [{ get: '/contact' }, { ...submit, submit: '#nothing' }] } },
    /step 2 \(submit #nothing\): expected the form #nothing in the page, but no such form is there \(\/contact, titled "Contact"\)$/,
  ],
  [
    'a field that is not there',
    { session: { steps: [{ get: '/login' }, { ...submit, fill: [['name', 'ada']] }] } },
    /step 2 \(submit #login\): expected a field "name" in the form #login, but its fields are user, password, proof$/,
  ],
  [
    'a value that is none',
    { browser: { values: { list: 'api.list' } } },
    /value "list" of page \/editor: expected a text from api\.list, but it came to a value of type object \(status 200 from \/editor, titled "Editor"\)$/,
  ],
  [
    'a script that fails',
    {
      script: failing("await page.goto(url + '/login'); await page.fill('#no', env('P'), { timeout: 50 })"),
      env: { P: 'hush-7741' },
    },
    /login\.mjs .*login script: expected the login script to end well, but Timeout 50ms exceeded\.$/,
  ],
  [
    'a script without a function',
    { script: 'export const login = 1;\n' },
    /login script: .*login\.mjs cannot be loaded: it has no default function, which gets the page$/,
  ],
  ['a script that is none', { script: 'export default function (\n' }, /login script: .*login\.mjs cannot be loaded: /],
])('%s is one error that says what was expected and what came', async (_, { script, ...own }, message) => {
  const login = script === undefined ? {} : { login: join(await folderOf({ 'login.mjs': script }), 'login.mjs') };
  const session = script === undefined ? own.session : { steps: [] };
  const run = runIn({ ...own, browser: { ...own.browser, ...login }, ...(session && { session }) });
  const error: unknown = await run.catch((caught: unknown) => caught);
  expect(error).toMatchObject({ code: 'SESSION_FAILED' });
  expect(String((error as Error).message)).toMatch(message);
  expect(String((error as Error).message)).not.toMatch(/wrong-7741|hush-7741/);
});

withBrowser('a script that needs a variable which is not set says which', async () => {
  const login = join(await folderOf({ 'login.mjs': failing("env('NO_SUCH_7741')") }), 'login.mjs');
  await expect(runIn({ browser: { login }, session: { steps: [] } })).rejects.toMatchObject({ code: 'ENV_MISSING' });
});

withBrowser('saved state of a browser is a session', async () => {
  const cookie = (value: string, url: string) => ({
    name: 'sid',
    value,
    domain: new URL(url).hostname,
    path: '/',
    expires: -1,
    httpOnly: true,
    secure: false,
    sameSite: 'Lax',
  });
  const app = await serveScriptApp();
  const lab = await startTestLab({ upstream: app.url });
  const logged = await fetch(`${app.url}/login`, {
    method: 'POST',
    redirect: 'manual',
    body: new URLSearchParams({
      user: 'ada',
      password: appPassword,
      proof: proofOf('ada'),
    }),
  });
  const sid = /sid=([^;]*)/.exec(logged.headers.get('set-cookie') ?? '')?.[1] ?? '';
  const folder = await folderOf({ 'state.json': JSON.stringify({ cookies: [cookie(sid, lab.url)], origins: [] }) });
  const browser = { page: '/editor', values, storage: join(folder, 'state.json') };
  const report = await runAgainst(lab, suite, {
    target: { session: { steps: [], browser }, logWaitMs: 2000 },
    env: process.env as never,
  });
  expect(report.summary.verdicts).toEqual({ 'let-through': 2 });
  expect(JSON.stringify(report)).not.toContain(sid);
});
