import { expect, test } from 'vitest';
import type { TargetOptions } from '../../src/model/target-options.js';
import { check } from '../../src/pipeline/check.js';
import { type ListedCase, listCases } from '../../src/pipeline/list.js';
import { appPassword, type ScriptApp, serveScriptApp } from '../record/browser/script-app.js';
import { chromium } from '../report/browser.js';
import { folderOf } from '../suite/suite-folder.js';
import { startTestLab, world } from './doctor-target.js';
import { resultOf, runAgainst } from './run-against.js';

const withBrowser = test.skipIf(chromium === undefined);
const environment = process.env as Record<string, string>;

async function runIn(cases: string, target: Partial<TargetOptions> = {}) {
  const app: ScriptApp = await serveScriptApp();
  const lab = await startTestLab({ upstream: app.url });
  const suite = `suite: S\ncases:\n${cases}`;
  const options = { env: environment, target: { logWaitMs: 2000, timeoutMs: 20_000, ...target } };
  return { app, report: await runAgainst(lab, suite, options) };
}

const contact = (id: string, message: string, more = '') =>
  `  - { id: ${id}, browser: true, from: { page: /contact, form: form.contact }, form: { message: ${JSON.stringify(message)}${more} } }\n`;

withBrowser(
  'a page makes the request of a case, with tokens of its script, and the WAF judges it as any other',
  async () => {
    const attackish = "a'; cat /etc/passwd | mail root; <script>alert(document.cookie)</script>";
    const { app, report } = await runIn(
      contact('plain', 'We open on Monday.\nOr on Tuesday.', ', terms: "yes", topic: a') +
        contact('attackish', attackish),
    );
    expect(resultOf(report, 's/plain')).toMatchObject({ verdict: { kind: 'let-through' }, status: 302 });
    const blocked = resultOf(report, 's/attackish');
    expect(blocked).toMatchObject({ verdict: { kind: 'false-positive' }, status: 403 });
    expect(blocked.hits.map(({ variable }) => variable)).toContainEqual({ collection: 'ARGS', key: 'message' });
    expect(blocked.request).toMatchObject({ method: 'POST', path: '/contact', body: { kind: 'form' } });
    expect(app.arrived).toHaveLength(1);
    const [sent] = app.arrived;
    const fields = [...new URLSearchParams(sent?.body.toString())];
    const proof = fields.find(([name]) => name === 'proof')?.[1];
    expect(fields).toEqual([
      ['proof', proof],
      ['elements', 'e'],
      ['email', 'ann@example.com'],
      ['topic', 'a'],
      ['copy', '1'],
      ['terms', 'yes'],
      ['message', 'We open on Monday.\r\nOr on Tuesday.'],
      ['send', 'Send'],
    ]);
    expect(sent?.headers['x-wafproof-id']).toBe(resultOf(report, 's/plain').correlationId);
    const marked = app.taken.filter(({ headers }) => headers['x-wafproof-id'] !== undefined);
    expect(marked.filter(({ line }) => line !== 'GET /')).toHaveLength(1);
    expect(JSON.stringify(report)).not.toContain(`${proof}`);
  },
);

withBrowser('a form that a script builds, and sends as JSON after a question, is one too', async () => {
  const { app, report } = await runIn(
    '  - { id: w, browser: true, from: { page: /widget, form: "#widget" }, headers: { X-Own: mine }, form: { title: Ten words, text: hidden text } }\n',
  );
  expect(report.results).toMatchObject([{ verdict: { kind: 'let-through' }, status: 201 }]);
  expect(report.results[0]?.request).toMatchObject({
    path: '/api/widgets',
    body: { kind: 'json', value: { title: 'Ten words', text: 'hidden text' } },
  });
  expect(app.arrived.map(({ headers, line }) => [line, headers['x-own'], headers['x-wafproof-id']])).toEqual([
    ['POST /api/widgets', 'mine', report.results[0]?.correlationId],
  ]);
});

withBrowser('files arrive to the byte, and are in the report', async () => {
  const bytes = Buffer.from([0, 255, 13, 10, 128, ...Buffer.from('--x\r\n')]);
  const part = (name: string) =>
    `{ name: file, filename: ${name}, type: application/octet-stream, value: !base64 ${bytes.toString('base64')} }`;
  const { app, report } = await runIn(
    `  - { id: u, browser: true, from: { page: /upload }, multipart: [{ name: title, value: Two files }, ${part('a.bin')}, ${part('b.bin')}] }\n`,
  );
  expect(report.results).toMatchObject([{ verdict: { kind: 'let-through' }, status: 302 }]);
  const [sent] = app.arrived;
  expect(sent?.body.toString('latin1').split(bytes.toString('latin1'))).toHaveLength(3);
  const { body } = report.results[0]?.request ?? {};
  const files = body?.kind === 'multipart' ? body.parts.filter(({ filename }) => filename !== undefined) : [];
  expect(files).toEqual(
    ['a.bin', 'b.bin'].map((filename) => ({
      name: 'file',
      filename,
      type: 'application/octet-stream',
      content: { base64: bytes.toString('base64') },
    })),
  );
});

const session = {
  steps: [
    { get: '/login' },
    {
      submit: '#login',
      fill: [['user', 'ada'] as const, ['password', { name: 'APP_PASSWORD', value: appPassword }] as const],
      expect: { status: 302 },
    },
  ],
  browser: { values: {} },
};

withBrowser('a case is driven in the session of its user', async () => {
  const { app, report } = await runIn(contact('a', 'In a session') + contact('b', 'In it too'), { session });
  expect(report.summary.verdicts).toEqual({ 'let-through': 2 });
  expect(app.logins()).toBe(1);
  const cookies = new Set(app.arrived.map(({ headers }) => headers.cookie));
  expect([...cookies]).toEqual([expect.stringMatching(/^sid=sid-/)]);
  expect(JSON.stringify(report)).not.toMatch(/sid-[0-9a-f]{24}/);
});

test.skipIf(chromium === undefined).each([
  [
    'a page that is not there',
    '{ page: /editor, form: form }, form: { a: b }',
    /^not logged in: redirected to \/login/,
  ],
  [
    'a form that is not there',
    '{ page: /contact, form: "#no" }, form: { a: b }',
    /^page \/contact: expected the form #no in the page, but no such form is there \(\/contact, titled "Contact"\)$/,
  ],
  [
    'a field that is not there',
    '{ page: /contact }, form: { subject: b }',
    /^page \/contact: expected a field "subject" in the form that posts, but its fields are proof, elements, email, topic, copy, terms, message, send$/,
  ],
  [
    'a choice that is not there',
    '{ page: /contact }, form: { topic: z }',
    /^page \/contact: expected the field "topic" of the form that posts to take its value, but it is a select-one/,
  ],
  [
    'a box that is not there',
    '{ page: /contact }, form: { terms: z }',
    /^page \/contact: expected a checkbox "terms" with the value "z" in the form that posts, but those that there are have yes$/,
  ],
  [
    'a field that its page refuses',
    '{ page: /contact }, form: { email: nobody }',
    /^page \/contact: expected the form that posts to be complete, but its field "email" says "Please include an '@'/,
  ],
  [
    'a form that sends something else',
    '{ page: /silent, form: "#silent" }, form: { a: the words }',
    /^page \/silent: expected a request with what is entered in the form #silent, but only these were sent: POST [\w.:]+\/other \(5 bytes\); if one of them is the form's, name its path as "action" of "from" \(\/silent, titled "Silent"\)$/,
  ],
])('%s makes its case inconclusive, and says what was expected and what came', async (_, rest, reason) => {
  const { app, report } = await runIn(`  - { id: a, browser: true, from: ${rest} }\n`, { timeoutMs: 4000 });
  expect(report.results).toMatchObject([{ verdict: { kind: 'inconclusive', reason: expect.stringMatching(reason) } }]);
  expect(app.arrived).toEqual([]);
});

const suite = `suite: S\ncases:\n${contact('a', "1' or 1=1 union select password from users --")}`;

test('check evaluates what the case itself fills in, and list says that a page makes the rest', async () => {
  const cwd = await folderOf({ 's.yaml': suite });
  const report = await check({ suites: ['s.yaml'] }, { ...world, cwd });
  expect(report.results).toMatchObject([{ verdict: { kind: 'false-positive' }, request: { path: '/contact' } }]);
  const listed: ListedCase[] = [];
  for await (const one of listCases({ suites: ['s.yaml'] }, { cwd, env: {} })) listed.push(one);
  expect(listed).toMatchObject([{ id: 's/a', browser: true, wire: { method: 'POST', path: '/contact' } }]);
});

test.each([
  ['{ id: a, browser: true }', '"browser" needs "from"'],
  ['{ id: a, browser: yes please, from: { page: / } }', '"browser" is true or absent'],
  ['{ id: a, browser: true, from: { page: / }, query: { a: b } }', '"query" and "browser" exclude each other'],
])('what a page cannot do is an error in the suite: %s', async (one, message) => {
  const cwd = await folderOf({ 's.yaml': `suite: S\ncases:\n  - ${one}\n` });
  await expect(check({ suites: ['s.yaml'] }, { ...world, cwd })).rejects.toThrow(message);
});
