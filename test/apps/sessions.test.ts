import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { reportIn, start } from '../e2e/command.js';
import { folderOf } from '../suite/suite-folder.js';
import { guard } from './guarded-site.js';
import { mediawiki, startMediaWiki, steward } from './mediawiki.js';
import { editor, startWordPress, wordpress } from './wordpress.js';

const attackish = "To list them: '; cat /etc/passwd | mail root; <script>alert(document.cookie)</script>";

/** Runs a suite in a session behind the embedded engine; what came of each case, and all that was written or said. */
async function runIn(upstream: string, suite: string, session: string, password: string) {
  const folder = await folderOf({ 'suites/pages.yaml': suite });
  const { url } = await guard(upstream, folder);
  const target = `targets:\n  site:\n    url: ${url}\n    waf: { kind: modsecurity, log: audit.log }\n    session:\n`;
  await writeFile(join(folder, 'wafproof.config.yaml'), `${target}${session}`);
  const env = { ...process.env, SITE_PASSWORD: password };
  const words = ['run', '-r', 'terminal,json,html,junit', '-o', 'out'];
  const { code, stdout, stderr } = await start(words, { cwd: folder, env }).ended;
  if (code === 2) throw new Error(stderr);
  const out = join(folder, 'out');
  const written = await Promise.all((await readdir(out)).map((name) => readFile(join(out, name), 'utf8')));
  const { results } = await reportIn(out);
  const found = results.map(({ id, verdict, status }) => [id, verdict.kind, status]);
  return { found, said: [stdout, stderr, ...written].join('') };
}

const wordpressSession = `      steps:
        - { get: /wp-login.php }
        - submit: "#loginform"
          fill: { log: ${editor.name}, pwd: !env SITE_PASSWORD }
          expect: { status: 302, cookie: wordpress_logged_in_lab }
      values:
        nonce: { body: true, page: /wp-admin/admin-ajax.php?action=rest-nonce }
      headers: { X-WP-Nonce: !session nonce }
      lost: { redirect: /wp-login.php, status: 401, text: rest_cookie_invalid_nonce }
`;

const post = (id: string, content: string) =>
  `  - { id: ${id}, method: POST, path: /wp-json/wp/v2/posts, json: { title: ${id}, status: publish, content: ${JSON.stringify(content)} } }\n`;

describe.skipIf(wordpress === undefined)('WordPress behind a WAF', () => {
  test('takes posts, drafts and settings with fresh tokens, and is logged in to again when it has forgotten', async () => {
    const site = await startWordPress(wordpress ?? '');
    const ids = ['one', 'two', 'three', 'four'];
    const suite = `suite: Posts
cases:
${ids.map((id) => post(id, `Post ${id}: we open on Monday.`)).join('')}${post('howto', attackish)}${post('wrapped', '<!-- wp:paragraph --><p>We open.</p>')}  - id: draft
    from: { page: /wp-admin/index.php, form: "#quick-press" }
    form: { post_title: Millstones, content: They are turned on Tuesday. }
  - id: settings
    from: { page: /wp-admin/options-general.php, form: "form[action='options.php']" }
    form: { blogdescription: Flour since 1832 }
  - id: comment
    from: { page: /hello-world/, form: "#commentform" }
    form: { comment: Is the shop open on Sunday as well? }
`;
    const { found, said } = await runIn(site.url, suite, wordpressSession, editor.password);
    expect(found).toEqual([
      ...ids.map((id) => [`pages/${id}`, 'let-through', 201]),
      ['pages/howto', 'false-positive', 403],
      ['pages/wrapped', 'false-positive', 403],
      ['pages/draft', 'let-through', 200],
      ['pages/settings', 'let-through', 302],
      ['pages/comment', 'let-through', 302],
    ]);
    const published = site.rows(
      "select post_name from wp_posts where post_type = 'post' and post_status = 'publish' and ID > 3",
    );
    expect(published.flat().sort()).toEqual([...ids].sort());
    expect(site.rows("select option_value from wp_options where option_name = 'blogdescription'")).toEqual([
      ['Flour since 1832'],
    ]);
    expect(site.rows("select post_content from wp_posts where post_status = 'draft' and post_type = 'post'")).toEqual([
      ['<!-- wp:paragraph -->They are turned on Tuesday.<!-- /wp:paragraph -->'],
    ]);
    expect(site.rows('select comment_content, user_id from wp_comments where comment_ID > 1')).toEqual([
      ['Is the shop open on Sunday as well?', '1'],
    ]);
    const tokens = site.rows("select meta_value from wp_usermeta where meta_key = 'session_tokens'").flat().join('');
    expect(tokens.match(/"expiration"/g)).toHaveLength(1);
    expect(said).not.toContain(editor.password);
  });
});

const mediawikiSession = `      steps:
        - { get: "/index.php?title=Special:UserLogin" }
        - submit: form[name="userlogin"]
          fill: { wpName: ${steward.name}, wpPassword: !env SITE_PASSWORD }
          expect: { status: 302, cookie: my_wikiUserID }
      values:
        token: { json: query.tokens.csrftoken, page: "/api.php?action=query&meta=tokens&format=json" }
      lost: { text: You are not logged in, redirect: "/index.php?title=Special:UserLogin" }
`;

const edit = (id: string, text: string) => `  - id: ${id}
    from: { page: /index.php?title=Page_${id}&action=edit, form: "#editform" }
    form: { wpTextbox1: ${JSON.stringify(text)}, wpSummary: "Opening hours" }
`;

describe.skipIf(mediawiki === undefined)('MediaWiki behind a WAF', () => {
  test('takes pages by its form and its interface, and is logged in to again when it has forgotten', async () => {
    const site = await startMediaWiki(mediawiki ?? '');
    const ids = ['one', 'two', 'three', 'four'];
    const suite = `suite: Pages
cases:
${ids.map((id) => edit(id, `== Hours ==\n* We open on Monday, see [[Mill|the mill]].`)).join('')}${edit('howto', attackish)}  - id: api
    method: POST
    path: /api.php
    form: { action: edit, format: json, assert: user, title: Page_api, text: "''Flour'' since 1832", token: !session token }
`;
    const { found, said } = await runIn(site.url, suite, mediawikiSession, steward.password);
    expect(found).toEqual([
      ...ids.map((id) => [`pages/${id}`, 'let-through', 302]),
      ['pages/howto', 'false-positive', 403],
      ['pages/api', 'let-through', 200],
    ]);
    const saved = site.rows(`select page_title, actor_name from revision join page on page_id = rev_page
      join actor on actor_id = rev_actor where page_title like 'Page_%' order by page_title`);
    expect(saved).toEqual(
      ['Page_api', 'Page_four', 'Page_one', 'Page_three', 'Page_two'].map((title) => [title, 'Steward']),
    );
    expect(said).not.toContain(steward.password);
  });
});
