import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { allWritten, listed, recordClicks } from '../e2e/record/recorded.js';
import { chromium } from '../report/browser.js';
import { mediawiki, startMediaWiki, steward } from './mediawiki.js';
import { editor, startWordPress, wordpress } from './wordpress.js';

const onePixel = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);

/** A picture that no other file is the same as. */
const picture = () => Buffer.concat([onePixel, randomBytes(60_000)]);

/** By a name: an address in the place of one is a finding of its own. */
function byName(url: string): readonly string[] {
  const { port } = new URL(url);
  return [`http://mill.test:${port}/`, '--resolve', `mill.test=127.0.0.1:${port}`];
}

/** Records what a script clicks in a site, through the engine; what was written, and each case's bytes. */
async function record(
  url: string,
  scripts: { readonly login: string; readonly clicks: string },
  photo: Buffer,
  password: string,
) {
  const files = { 'login.mjs': scripts.login, 'clicks.mjs': scripts.clicks, 'mill.png': photo };
  const words = [
    ...byName(url),
    '--login',
    'login.mjs',
    '--script',
    'clicks.mjs',
    '--waf',
    'embedded',
    '--har',
    'out/a.har',
  ];
  const { cwd, code, stdout, stderr } = await recordClicks(words, files, { SITE_PASSWORD: password });
  expect(code, stdout + stderr).toBe(1);
  const folders = await Promise.all(['suites', 'out', 'reports'].map((name) => allWritten(join(cwd, name))));
  const env = {
    ...process.env,
    ...Object.fromEntries([...stdout.matchAll(/export (\w+)=/g)].map(([, name = '']) => [name, 'x'])),
  };
  const cases = await listed(cwd, env);
  return { stdout, said: [...folders, stdout, stderr].join('\n'), cases };
}

const holds = (cases: Awaited<ReturnType<typeof listed>>, path: RegExp, bytes: Buffer) =>
  cases.some(({ wire }) => path.test(wire.path) && Buffer.from(wire.bodyBase64, 'base64').includes(bytes));

async function fetched(url: string): Promise<Buffer> {
  return Buffer.from(await (await fetch(url)).arrayBuffer());
}

const wordpressClicks = {
  login: `export default async (page, { env }) => {
  await page.goto('/wp-login.php');
  await page.fill('#user_login', '${editor.name}');
  await page.fill('#user_pass', env('SITE_PASSWORD'));
  await Promise.all([page.waitForURL('**/wp-admin/'), page.click('#wp-submit')]);
};`,
  clicks: `export default async (page) => {
  await page.goto('/wp-admin/media-new.php?browser-uploader');
  await page.setInputFiles('[name=async-upload]', 'mill.png');
  await Promise.all([page.waitForURL('**/upload.php**'), page.click('#html-upload')]);
  await page.goto('/wp-admin/post-new.php');
  await page.getByRole('textbox', { name: 'Add title' }).fill('Opening hours');
  await page.keyboard.press('Enter');
  await page.keyboard.type('We open on Monday.');
  await page.getByRole('button', { name: 'Publish', exact: true }).click();
  await page.getByRole('region', { name: 'Editor publish' }).getByRole('button', { name: 'Publish', exact: true }).click();
  await page.locator('.post-publish-panel__postpublish-header').waitFor({ timeout: 120_000 });
};`,
};

describe.skipIf(wordpress === undefined || chromium === undefined)('WordPress in a browser', () => {
  test('is recorded: a post of the block editor with what a WAF would refuse of it, and a picture to the byte', async () => {
    const site = await startWordPress(wordpress ?? '');
    const photo = picture();
    const { stdout, said, cases } = await record(site.url, wordpressClicks, photo, editor.password);
    expect(
      site.rows("select post_title from wp_posts where post_status = 'publish' and post_title = 'Opening hours'"),
    ).toEqual([['Opening hours']]);
    const [[file = ''] = []] = site.rows("select meta_value from wp_postmeta where meta_key = '_wp_attached_file'");
    expect((await fetched(`${site.url}/wp-content/uploads/${file}`)).equals(photo)).toBe(true);
    expect(holds(cases, /media-new\.php/, photo)).toBe(true);
    expect(stdout).toMatch(
      /POST \/wp-json\/wp\/v2\/posts\/\d+ {2}.*Publish\n {2}a WAF would refuse it: 941180 at ARGS:json\.content/,
    );
    expect(stdout).toMatch(/941180 .*\n +ARGS:json\.content +POST \/wp-json\/wp\/v2\/posts\/\{number\}/);
    const post = cases.find(({ wire }) => wire.path.startsWith('/wp-json/wp/v2/posts/'));
    expect(JSON.parse(Buffer.from(post?.wire.bodyBase64 ?? '', 'base64').toString())).toMatchObject({
      content: '<!-- wp:paragraph -->\n<p>We open on Monday.</p>\n<!-- /wp:paragraph -->',
    });
    expect(said).not.toContain(editor.password);
    const tokens = site.rows("select meta_value from wp_usermeta where meta_key = 'session_tokens'").flat().join('');
    expect(tokens).not.toBe('');
    expect(said).not.toMatch(/wordpress_logged_in_lab=/);
  });
});

const howto = "To list them: '; cat /etc/passwd | mail root; <script>alert(document.cookie)</script>";

const mediawikiClicks = {
  login: `export default async (page, { env }) => {
  await page.goto('/index.php?title=Special:UserLogin');
  await page.fill('#wpName1', '${steward.name}');
  await page.fill('#wpPassword1', env('SITE_PASSWORD'));
  await Promise.all([page.waitForURL('**/Main_Page'), page.click('#wpLoginAttempt')]);
};`,
  clicks: `export default async (page) => {
  await page.goto('/index.php?title=Run_book&action=edit');
  await page.fill('#wpTextbox1', ${JSON.stringify(howto)});
  await page.fill('#wpSummary', 'How to');
  await Promise.all([page.waitForURL('**/Run_book'), page.click('#wpSave')]);
  await page.goto('/index.php?title=Special:Upload');
  await page.setInputFiles('#wpUploadFile', 'mill.png');
  await page.fill('#wpDestFile', 'Mill.png');
  await Promise.all([page.waitForURL('**/File:Mill.png'), page.click('[name=wpUpload]')]);
};`,
};

describe.skipIf(mediawiki === undefined || chromium === undefined)('MediaWiki in a browser', () => {
  test('is recorded: a page with what a WAF would refuse of it, and a file to the byte', async () => {
    const site = await startMediaWiki(mediawiki ?? '');
    const photo = picture();
    const { stdout, said, cases } = await record(site.url, mediawikiClicks, photo, steward.password);
    const titles = site.rows('select page_title from page order by page_id').flat();
    expect(titles).toEqual(expect.arrayContaining(['Run_book', 'Mill.png']));
    expect(site.rows("select img_size from image where img_name = 'Mill.png'")).toEqual([[photo.length]]);
    expect(holds(cases, /Special:Upload/, photo)).toBe(true);
    expect(stdout).toMatch(/POST \/index\.php {2}.*Run book.*\n {2}a WAF would refuse it: .*wpTextbox1/);
    expect(holds(cases, /Run_book/, Buffer.from(howto))).toBe(true);
    expect(said).not.toContain(steward.password);
  });
});
