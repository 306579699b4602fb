import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import type { RequestListener } from 'node:http';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as delay } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import { serveHttp } from '../../replay/loopback.js';
import { chromium } from '../../report/browser.js';
import { folderOf } from '../../suite/suite-folder.js';
import { start } from '../command.js';
import { listed, recordClicks } from './recorded.js';

const pages: Readonly<Record<string, string>> = {
  '/': '<title>Shop</title><a href=/posts/1>1</a><a href=/posts/2>2</a><a href=/contact>c</a><a href=/logout>bye</a><form method=post action=/logout><button>Log out</button></form>',
  '/posts/1':
    '<title>Post</title><form method=post action=/posts/1/comments><input type=hidden name=csrf_token value=Zq81kLx02mVb7Tr5><textarea name=comment></textarea><button>Comment</button></form>',
  '/posts/2': '<title>Post</title><form method=post action=/posts/2/comments><textarea name=comment></textarea></form>',
  '/contact':
    '<title>Contact</title><form method=post action=/messages><h2>Write to us</h2><input name=email type=email required><input name=subject><button>Send</button></form><form method=post action=/account><input type=password name=p></form>',
};

async function serveShop() {
  const asked: string[] = [];
  const listener: RequestListener = (request, response) => {
    asked.push(`${request.method} ${request.url}`);
    request.resume();
    response.setHeader('Content-Type', 'text/html').end(pages[request.url ?? ''] ?? '<title>Thanks</title>');
  };
  return { url: await serveHttp(listener), asked };
}

describe.skipIf(chromium === undefined)('forms of a site', () => {
  test('become cases without anything being sent, and what is harmful is left alone', async () => {
    const { url, asked } = await serveShop();
    const { cwd, code, stdout, stderr } = await recordClicks([url, '--crawl', '10'], {});
    expect(code, stdout + stderr).toBe(0);
    expect(asked.filter((line) => !line.startsWith('GET'))).toEqual([]);
    expect(asked).not.toContain('GET /logout');
    expect(stdout).toContain('POST /messages  Contact: Write to us, Send  (not sent)');
    expect(stdout).toMatch(/left out 1: a form that ends the session or takes something away: POST .*\/logout/);
    expect(stdout).toMatch(/left out 1: a form that asks for a password: POST .*\/account/);
    expect((await listed(cwd)).map(({ wire }) => wire.path)).toEqual(['/posts/1/comments', '/messages']);
    expect(await readFile(join(cwd, 'suites/recorded/recorded.yaml'), 'utf8')).toMatch(
      /from:\n +page: \/posts\/1\n +action: \/posts\/1\/comments\n/,
    );
  }, 120_000);

  test('are looked at up to 200 a page, and how many more there are is told', async () => {
    const form = (i: number) =>
      `<form method=post action=/rows/x${'ab'.repeat((i % 7) + 1)}><input name=f${'cd'.repeat(i % 50)}${'e'.repeat(i % 9)}><textarea name=t></textarea></form>`;
    const many = Array.from({ length: 10_000 }, (_, i) => form(i)).join('');
    const url = await serveHttp((request, response) => {
      request.resume();
      response.setHeader('Content-Type', 'text/html').end(`<title>Rows</title>${many}`);
    });
    const { code, stdout, stderr } = await recordClicks([url, '--crawl', '3'], {});
    expect(code, stdout + stderr).toBe(0);
    expect(stdout).toContain('9800 more forms of / were not looked at');
    expect(stdout).toMatch(/left out 1: 9800 more forms on one page, of which the first 200 were looked at/);
  }, 120_000);

  test('are submitted where that is wanted, and recorded as they were sent', async () => {
    const { url, asked } = await serveShop();
    const { cwd, code, stdout, stderr } = await recordClicks([url, '--crawl', '10', '--submit'], {});
    expect(code, stdout + stderr).toBe(0);
    const sent = ['POST /posts/1/comments', 'POST /messages'];
    expect(asked.filter((line) => !line.startsWith('GET'))).toEqual(sent);
    const cases = await listed(cwd);
    expect(cases.map(({ wire }) => `${wire.method} ${wire.path}`)).toEqual(sent);
    expect(Buffer.from(cases[1]?.wire.bodyBase64 ?? '', 'base64').toString()).toMatch(/^email=.*%40.*&subject=.+/);
  }, 120_000);
});

const form = (action: string, button = 'Send') =>
  `<form method=post action=${action}><input name=${action.slice(1)}><button>${button}</button></form>`;
const shadow = (html: string) =>
  `<div id=host></div><script>host.attachShadow({ mode: 'open' }).innerHTML = ${JSON.stringify(html)}</script>`;

/** Pages that never come to rest, that show forms elsewhere than in their text, and that mislead. */
const hostile: Readonly<Record<string, string>> = {
  '/': `<title>Home</title>${['moving', 'slow', 'asking', 'framed', 'based', 'shadowed', 'file'].map((name) => `<a href=/${name}>${name}</a>`).join('')}<a href=/one onclick="return confirm('Sure?')">x</a>`,
  '/moving': `<title>Moving</title>${form('/moved')}<script>location.href = '/moving?' + Math.random()</script>`,
  '/slow': `<title>Slow</title>${form('/slowly')}`,
  '/asking': `<title>Asking</title>${form('/asked')}<script>for (let i = 0; i < 3000; i++) alert(i)</script>`,
  '/framed': '<title>Framed</title><iframe src=/inner></iframe>',
  '/inner': `<title>Inner</title>${form('/within')}<form><input name=q></form>`,
  '/based':
    '<base href="https://elsewhere.example/"><a href=follow>x</a><form method=post action=send><input name=a></form>',
  '/shadowed': `<title>Shadowed</title>${shadow(form('/wipe', 'Delete all') + form('/hidden'))}${form('/shown')}`,
};

async function serveHostile() {
  const asked: string[] = [];
  const url = await serveHttp((request, response) => {
    asked.push(`${request.method} ${request.url}`);
    request.resume();
    const [path = ''] = (request.url ?? '').split('?');
    if (path === '/file') response.setHeader('Content-Disposition', 'attachment; filename=x.bin');
    response.setHeader('Content-Type', path === '/file' ? 'application/octet-stream' : 'text/html');
    if (path === '/slow') response.write(hostile[path]);
    else response.end(hostile[path] ?? '<title>Thanks</title>');
  });
  return { url, asked };
}

describe.skipIf(chromium === undefined)('a site that misleads', () => {
  test('is searched to the end, and what could not be seen is told', async () => {
    const { url, asked } = await serveHostile();
    const { code, stdout, stderr } = await recordClicks([url, '--crawl', '20'], {});
    expect(code, stdout + stderr).toBe(0);
    const found = stdout.match(/^POST \S+ .*\(not sent\)$/gm)?.map((line) => line.split(' ')[1]);
    expect(found).toEqual(expect.arrayContaining(['/slowly', '/asked', '/within', '/hidden', '/shown']));
    expect(found).not.toContain('/wipe');
    expect(stdout).toMatch(/a page that does not come to rest: GET .*\/moving|POST \/moved/);
    expect(stdout).toMatch(/left out 1: a download, and no page: GET .*\/file/);
    expect(stdout).toMatch(
      /left out 1: a form that is sent to another origin: POST https:\/\/elsewhere\.example\/send/,
    );
    expect(stdout).toMatch(/left out 1: a form without POST: it only asks/);
    expect(asked.filter((line) => /^POST|follow|one/.test(line))).toEqual([]);
  }, 240_000);

  test('gets no other form submitted than the one that was looked at', async () => {
    const asked: string[] = [];
    const url = await serveHttp((request, response) => {
      asked.push(`${request.method} ${request.url}`);
      request.resume();
      response.setHeader('Content-Type', 'text/html').end(hostile['/shadowed']);
    });
    const { stdout } = await recordClicks([url, '--crawl', '1', '--submit'], {});
    expect(
      asked.filter((line) => line.startsWith('POST')),
      stdout,
    ).toEqual(['POST /shown', 'POST /hidden']);
  }, 120_000);
});

describe.skipIf(chromium === undefined)('Ctrl-C', () => {
  test('ends a recording, and all that was sent until then is written', async () => {
    const { url } = await serveShop();
    const clicks =
      "export default async (page) => { await page.evaluate(() => fetch('/kept', { method: 'POST', body: 'a=1' })); await new Promise(() => undefined); };";
    const cwd = await folderOf({ 'clicks.mjs': clicks });
    const recording = start(['record', url, '--script', 'clicks.mjs'], { cwd });
    const lines = createInterface({ input: recording.process.stdout ?? process.stdin });
    expect(await once(lines, 'line')).toEqual([expect.stringContaining('POST /kept')]);
    recording.process.kill('SIGINT');
    const { code, stderr } = await recording.ended;
    expect(code, stderr).toBe(0);
    expect(await readFile(join(cwd, 'suites/recorded/recorded.yaml'), 'utf8')).toContain('path: /kept');
  }, 120_000);
});

describe.skipIf(chromium === undefined)('a recording that is killed', () => {
  test('leaves a suite of what it had, without what was typed as a password', async () => {
    const { url } = await serveShop();
    const cwd = await folderOf({
      'clicks.mjs': `export default async (page, { url }) => {
        await page.setContent('<form method=post action="' + url + '/messages"><input name=note value="We open"><input type=password name=pin><button>Send</button></form>');
        await page.fill('[name=pin]', 'Geheim-7741');
        await page.click('button');
        await new Promise(() => setInterval(() => {}, 1000));
      };`,
    });
    const recording = start(['record', url, '--script', 'clicks.mjs'], { cwd });
    const file = join(cwd, 'suites/recorded/recorded.yaml');
    let suite = '';
    while (!suite.includes('We open')) {
      await delay(200);
      suite = await readFile(file, 'utf8').catch(() => '');
    }
    recording.process.kill('SIGKILL');
    await recording.ended;
    expect(suite).not.toContain('Geheim');
    const env = { ...process.env, RECORDED_PIN: 'x' };
    expect((await listed(cwd, env)).map(({ wire }) => wire.path)).toEqual(['/messages']);
  }, 120_000);
});
