import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { chromium as playwright } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { guard } from '../../apps/guarded-site.js';
import { chromium } from '../../report/browser.js';
import { folderOf } from '../../suite/suite-folder.js';
import { reportIn, start } from '../command.js';
import { adminConfig, adminPassword, django, startDjango } from './django-app.js';

const texts = {
  hours: 'We open on Monday.',
  prices: 'Rye: 2,40 € – spelt: 3,10 €',
  contact: "Ask for Ann O'Shea.",
  howto: 'To list them: select * from users where id = 1 or 1=1; <script>alert(1)</script>',
};

/** What a browser's archive has of somebody who logs in, adds pages and goes on to edit each, and gives the site a name. */
async function archiveOf(url: string, file: string): Promise<void> {
  const browser = await playwright.launch({ executablePath: chromium ?? '', args: ['--no-sandbox'], timeout: 240_000 });
  try {
    const context = await browser.newContext({ baseURL: url, recordHar: { path: file, content: 'embed' } });
    context.setDefaultTimeout(120_000);
    const page = await context.newPage();
    await page.goto('/admin/');
    await page.fill('#id_username', 'admin');
    await page.fill('#id_password', adminPassword);
    await page.click('[type=submit]');
    await page.waitForURL('**/admin/');
    for (const [name, content] of Object.entries(texts)) {
      await page.goto('/admin/flatpages/flatpage/add/');
      await page.fill('[name=url]', `/${name}/`);
      await page.fill('[name=title]', name);
      await page.fill('[name=content]', content);
      await page.selectOption('[name=sites]', '1');
      await page.click('[name=_continue]');
      await page.waitForURL('**/flatpage/*/change/');
    }
    await page.goto('/admin/sites/site/1/change/');
    await page.fill('[name=name]', 'The mill');
    await page.click('[name=_save]');
    await page.waitForURL('**/admin/sites/site/');
    await context.close();
  } finally {
    await browser.close();
  }
}

describe.skipIf(django === undefined || chromium === undefined)("a browser's archive of the admin of Django", () => {
  test('becomes cases that take their form from its page, and each arrives, also when the session is lost on the way', async () => {
    const recorded = await startDjango(100);
    const cwd = await folderOf({});
    await archiveOf(recorded.url, join(cwd, 'session.har'));
    const [[session]] = recorded.rows('select session_key from django_session') as [[string]];
    expect(await readFile(join(cwd, 'session.har'), 'utf8')).toContain(session);
    const imported = await start(['import', 'har', 'session.har', '-o', 'suites'], { cwd }).ended;
    expect(imported.code, imported.stderr).toBe(0);
    const suite = await readFile(join(cwd, 'suites/session.yaml'), 'utf8');
    expect(suite.match(/page: .*/g)).toEqual([
      'page: /admin/login/?next=/admin/',
      ...Object.keys(texts).map(() => 'page: /admin/flatpages/flatpage/add/'),
      'page: /admin/sites/site/1/change/',
    ]);
    expect(suite).not.toMatch(new RegExp(`${session}|${adminPassword}|csrfmiddlewaretoken`));

    const app = await startDjango(2);
    const { url } = await guard(app.url, cwd);
    await writeFile(join(cwd, 'wafproof.config.yaml'), adminConfig(url));
    const env = { ...process.env, ADMIN_PASSWORD: adminPassword, SESSION_PASSWORD: adminPassword };
    const words = ['run', 'suites', '--connections', '1', '-r', 'json', '-o', 'out'];
    const { stderr } = await start(words, { cwd, env }).ended;
    const { results } = await reportIn(join(cwd, 'out')).catch(() => Promise.reject(new Error(stderr)));
    const found = results.map(({ verdict, status }) => [verdict.kind, status]);
    expect(found).toEqual([
      ['inconclusive', undefined],
      ['let-through', 302],
      ['let-through', 302],
      ['let-through', 302],
      ['false-positive', 403],
      ['let-through', 302],
    ]);
    // Who is logged in gets no form to log in.
    expect(results[0]?.verdict).toMatchObject({ reason: expect.stringContaining('/admin/login/') });
    const arrived = Object.entries(texts).filter(([name]) => name !== 'howto');
    expect(app.rows('select title, content from django_flatpage order by id')).toEqual(arrived);
    expect(app.rows('select name from django_site')).toEqual([['The mill']]);
    expect(app.rows('select count(*) from django_session')).toEqual([[1]]);
  }, 600_000);
});
