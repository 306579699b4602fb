import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { describe, expect, test } from 'vitest';
import { chromium } from '../../report/browser.js';
import { reportIn, start } from '../command.js';
import { allWritten, listed, recordClicks } from '../record/recorded.js';
import { adminConfig, adminPassword, django, startDjango } from './django-app.js';

const login = `
export default async (page, { env }) => {
  await page.goto('/admin/');
  await page.fill('#id_username', 'admin');
  await page.fill('#id_password', env('ADMIN_PASSWORD'));
  await page.click('[type=submit]');
  await page.waitForURL('**/admin/');
};
`;

const question = 'To list them: select * from users where id = 1 or 1=1; <script>alert(1)</script>';

/** What somebody does in an afternoon: two pages, and a colleague who may log in. */
const clicks = `
const add = async (page, url, fields) => {
  await page.goto(new URL(url).origin + '/admin/flatpages/flatpage/add/');
  for (const [name, value] of Object.entries(fields)) await page.fill('[name=' + name + ']', value);
  await page.selectOption('[name=sites]', '1');
  await page.click('[name=_save]');
  await page.waitForURL('**/admin/flatpages/flatpage/');
};
export default async (page, { url, env }) => {
  await add(page, url, { url: '/hours/', title: 'Opening hours', content: 'We open on Monday.' });
  await add(page, url, { url: '/howto/', title: 'How to', content: ${JSON.stringify(question)} });
  await page.goto(new URL(url).origin + '/admin/auth/user/add/?api_key=K3y-8f14e45fceea167a5a36');
  await page.fill('[name=username]', 'bertha');
  for (const name of ['password1', 'password2']) await page.fill('[name=' + name + ']', env('NEW_PASSWORD'));
  await page.click('[name=_save]');
  await page.waitForURL('**/admin/auth/user/*/change/**');
};
`;

const newPassword = 'Purple-monkey-9932';

/** Its token is in every page that a user gets. */
const config = (url: string) => `${adminConfig(url)}        - { get: /admin/ }
      values: { csrfmiddlewaretoken: { input: csrfmiddlewaretoken } }
`;

async function labBefore(upstream: string, folder: string): Promise<string> {
  const lab = start(['lab', '--port', '0', '--upstream', upstream, '--audit-log', join(folder, 'audit.log')]);
  for await (const line of createInterface({ input: lab.process.stdout ?? process.stdin }))
    return line.split(' ')[0] ?? '';
  throw new Error((await lab.ended).stderr);
}

describe.skipIf(django === undefined || chromium === undefined)('the admin of Django in a browser', () => {
  test('is recorded through the lab, and the recording reaches the application when it is run', async () => {
    const recordedApp = await startDjango(100);
    const env = { ADMIN_PASSWORD: adminPassword, NEW_PASSWORD: newPassword };
    const words = ['--login', 'login.mjs', '--script', 'clicks.mjs', '--waf', 'embedded', '--har', 'out/session.har'];
    const files = { 'login.mjs': login, 'clicks.mjs': clicks };
    const { cwd, code, stdout, stderr } = await recordClicks([`${recordedApp.url}/admin/`, ...words], files, env);
    expect(code, stdout + stderr).toBe(1);
    expect(stdout).toMatch(
      /POST \/admin\/flatpages\/flatpage\/add\/ {2}Add flat page \| Django site admin: Save\n {2}a WAF would refuse it: .*941\d+ at ARGS:content/,
    );
    expect(stdout).toContain('left out 1: sent by the login script: POST');
    expect(recordedApp.rows('select title from django_flatpage order by id')).toEqual([['Opening hours'], ['How to']]);
    const [[session]] = recordedApp.rows('select session_key from django_session') as [[string]];
    const [[hash]] = recordedApp.rows("select password from auth_user where username = 'bertha'") as [[string]];
    expect(hash).not.toBe('');
    const written = `${await allWritten(join(cwd, 'suites'))}${await allWritten(join(cwd, 'out'))}${await allWritten(join(cwd, 'reports'))}${stdout}${stderr}`;
    for (const secret of [adminPassword, newPassword, session, 'K3y-8f14e45fceea167a5a36'])
      expect(written.includes(secret), secret).toBe(false);
    expect(written).toContain('We open on Monday.');

    const app = await startDjango(100);
    const url = await labBefore(app.url, cwd);
    await writeFile(join(cwd, 'wafproof.config.yaml'), config(url));
    const all = {
      ...process.env,
      ADMIN_PASSWORD: adminPassword,
      NEW_PASSWORD: newPassword,
      RECORDED_API_KEY: 'x',
    };
    const run = await start(['run', 'suites', '-r', 'json', '-o', 'again'], { cwd, env: all }).ended;
    const { results } = await reportIn(join(cwd, 'again'));
    const found = results.map(({ title, verdict, status }) => [title, verdict.kind, status]);
    expect(found, run.stderr).toEqual([
      ['Add flat page | Django site admin: Save', 'let-through', 302],
      ['Add flat page | Django site admin: Save', 'false-positive', 403],
      ['Add user | Django site admin: Save', 'let-through', 302],
    ]);
    expect(app.rows('select title from django_flatpage')).toEqual([['Opening hours']]);
    expect(app.rows("select username from auth_user where username = 'bertha'")).toEqual([['bertha']]);
    expect((await listed(cwd, all)).map(({ wire }) => wire.path)[2]).toContain('/admin/auth/user/add/?api_key=');
  }, 600_000);
});
