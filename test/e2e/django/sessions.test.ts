import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { describe, expect, test } from 'vitest';
import { packageRoot } from '../../../src/util/package-root.js';
import { folderOf } from '../../suite/suite-folder.js';
import { reportIn, start } from '../command.js';
import { adminConfig, adminPassword, django, startDjango } from './django-app.js';

const page = (id: string, content: string) => `  - id: ${id}
    from: { page: /admin/flatpages/flatpage/add/, form: "#flatpage_form" }
    form: { url: /${id}/, title: ${id}, content: ${JSON.stringify(content)}, sites: 1 }
`;
const attackish = "To list them: '; cat /etc/passwd | mail root; <script>alert(document.cookie)</script>";
const suite = `suite: Admin
cases:
${['one', 'two', 'three', 'four'].map((id) => page(id, `Page ${id}: we open on Monday.`)).join('')}${page('howto', attackish)}  - { id: bare, method: POST, path: /admin/flatpages/flatpage/add/, form: { url: /bare/, title: bare, content: x } }
`;

/** The first config and the first suite of the guide: they are for this application. */
async function guideBlocks(): Promise<readonly string[]> {
  const guide = await readFile(join(packageRoot, '.github/SESSIONS.md'), 'utf8');
  return [...guide.matchAll(/^```yaml\n(.*?)^```/gms)].map(([, text = '']) => text);
}

/** The application behind the lab, whose address is printed. */
async function startLabBefore(upstream: string, folder: string): Promise<string> {
  const lab = start(['lab', '--port', '0', '--upstream', upstream, '--audit-log', join(folder, 'audit.log')]);
  for await (const line of createInterface({ input: lab.process.stdout ?? process.stdin }))
    return line.split(' ')[0] ?? '';
  throw new Error((await lab.ended).stderr);
}

describe.skipIf(django === undefined)('the admin of Django behind a WAF', () => {
  test('is logged in to, takes pages with its fresh tokens, and is logged in to again when it has forgotten', async () => {
    const app = await startDjango();
    const folder = await folderOf({ 'suites/admin.yaml': suite });
    const url = await startLabBefore(app.url, folder);
    await writeFile(join(folder, 'wafproof.config.yaml'), adminConfig(url));
    const env = { ...process.env, ADMIN_PASSWORD: adminPassword };
    const { code, stdout, stderr } = await start(['run', '-r', 'terminal,json,html,junit', '-o', 'out'], {
      cwd: folder,
      env,
    }).ended;
    const { results } = await reportIn(join(folder, 'out'));
    const found = results.map(({ id, verdict, status }) => [id, verdict.kind, status]);
    expect(found).toEqual([
      ['admin/one', 'let-through', 302],
      ['admin/two', 'let-through', 302],
      ['admin/three', 'let-through', 302],
      ['admin/four', 'let-through', 302],
      ['admin/howto', 'false-positive', 403],
      ['admin/bare', expect.stringMatching(/^(denied-elsewhere|unattributed-block)$/), 403],
    ]);
    expect(code).toBe(1);
    expect(
      app
        .rows('select url, title from django_flatpage order by id')
        .map(([path]) => path)
        .sort(),
    ).toEqual(['/four/', '/one/', '/three/', '/two/']);
    expect(app.rows('select count(*) from django_session')).toEqual([[1]]);
    const written = await Promise.all(
      (await readdir(join(folder, 'out'))).map((name) => readFile(join(folder, 'out', name), 'utf8')),
    );
    expect([stdout, stderr, ...written].join('')).not.toContain(adminPassword);
    const [[session]] = app.rows('select session_key from django_session') as [[string]];
    expect([stdout, stderr, ...written].join('')).not.toContain(session);
  });

  test('is reached by the config and the suite of the guide', async () => {
    const app = await startDjango(100);
    const [config = '', suiteText = ''] = await guideBlocks();
    const folder = await folderOf({ 'suites/pages.yaml': suiteText });
    const url = await startLabBefore(app.url, folder);
    const here = config
      .replace(/url: .*/, `url: ${url}`)
      .replace(/log: .*?\}/, 'log: audit.log }')
      .replace('ada', 'admin');
    await writeFile(join(folder, 'wafproof.config.yaml'), here);
    const env = { ...process.env, STAGING_PASSWORD: adminPassword };
    const { stderr } = await start(['run', '-r', 'json', '-o', 'out'], { cwd: folder, env }).ended;
    const { results } = await reportIn(join(folder, 'out'));
    expect(
      results.map(({ id, verdict, status }) => [id, verdict.kind, status]),
      stderr,
    ).toEqual([
      ['pages/hours', 'let-through', 302],
      ['pages/questions', 'let-through', 302],
    ]);
    expect(app.rows('select url from django_flatpage order by id')).toEqual([['/hours/'], ['/questions/']]);
  });

  test('with a wrong password is one error that says which step failed and what came', async () => {
    const app = await startDjango();
    const folder = await folderOf({ 'suites/admin.yaml': suite });
    const url = await startLabBefore(app.url, folder);
    await writeFile(join(folder, 'wafproof.config.yaml'), adminConfig(url));
    const env = { ...process.env, ADMIN_PASSWORD: 'wrong-password-1' };
    const { code, stderr } = await start(['run', '-o', 'out'], { cwd: folder, env }).ended;
    expect(code).toBe(2);
    expect(stderr).toMatch(
      /SESSION_FAILED wafproof\.config\.yaml:8:\d+ .*step 2 \(submit form#login-form\): expected status 302, but status 200 came from \/admin\/login\/, titled "Error: Log in \| Django site admin"/,
    );
    expect(stderr).not.toContain('wrong-password-1');
  });

  test('without a session is not passed: a redirect to the login says nothing of the WAF', async () => {
    const app = await startDjango();
    const folder = await folderOf({ 's.yaml': 'suite: S\ncases:\n  - { id: a, path: /admin/flatpages/flatpage/ }\n' });
    const url = await startLabBefore(app.url, folder);
    await start(['run', 's.yaml', '-t', url, '-o', 'out', '-r', 'json', '--log', 'audit.log'], { cwd: folder }).ended;
    const { results } = await reportIn(join(folder, 'out'));
    expect(results[0]?.verdict).toEqual({
      kind: 'inconclusive',
      reason: expect.stringMatching(/^not logged in: redirected to \/admin\/login\//),
    });
  });
});
