import { cp, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { packageRoot } from '../../src/util/package-root.js';
import { reportIn, start } from '../e2e/command.js';
import { folderOf } from '../suite/suite-folder.js';
import { guardBy } from './guarded-site.js';
import { mediawiki, startMediaWiki, steward } from './mediawiki.js';
import { editor, startWordPress, wordpress } from './wordpress.js';

/** Runs an example against its application, behind a WAF that lets all pass and says what it would refuse. */
async function runExample(name: string, upstream: string, secrets: NodeJS.ProcessEnv) {
  const folder = await folderOf({});
  await cp(join(packageRoot, '.github/examples/applications', name), folder, { recursive: true });
  const lab = ['lab', '--port', '0', '--mode', 'detect', '--upstream', upstream, '--audit-log', 'audit.log'];
  const { url } = await guardBy(lab, folder);
  const config = join(folder, 'wafproof.config.yaml');
  const text = await readFile(config, 'utf8');
  await writeFile(config, text.replace(/url: https:.*/, `url: ${url}`).replace(/log: \/var.*?\}/, 'log: audit.log }'));
  const env = { ...process.env, ...secrets };
  const { stderr } = await start(['run', '-t', 'staging', '-r', 'json', '-o', 'out'], { cwd: folder, env }).ended;
  const { results } = await reportIn(join(folder, 'out')).catch(() => Promise.reject(new Error(stderr)));
  return results.map(({ id, verdict, status }) => {
    const why = verdict.kind === 'inconclusive' ? verdict.reason : verdict.kind;
    return [id.replace(/.*\//, ''), why, status];
  });
}

describe.skipIf(wordpress === undefined)('the example for WordPress', () => {
  test('arrives: each case is answered by the application, and is in its database', async () => {
    const site = await startWordPress(wordpress ?? '');
    const found = await runExample('wordpress', site.url, {
      WORDPRESS_USER: editor.name,
      WORDPRESS_PASSWORD: editor.password,
    });
    expect(found).toEqual([
      ['post', 'false-positive', 201],
      ['post-with-code', 'false-positive', 201],
      ['page', 'false-positive', 201],
      ['plain-page', 'let-through', 201],
      ['comment', 'let-through', 302],
      ['quick-draft', 'let-through', 200],
      ['settings', 'let-through', 302],
      ['reading-settings', 'let-through', 302],
      ['upload', 'let-through', 302],
      ['upload-by-the-editor', 'let-through', 201],
      ['menu', 'false-positive', 201],
      ['widget', 'let-through', 201],
      ['category', 'let-through', 302],
      ['profile', 'let-through', 302],
      ['preferences', 'let-through', 200],
      ['search', 'let-through', 200],
    ]);
    const saved = (what: string) => site.rows(`select ${what}`).flat();
    expect(
      saved("post_title from wp_posts where post_type in ('page', 'wp_navigation') and ID > 3 order by 1"),
    ).toEqual(['Imprint', 'Main menu', 'Prices']);
    expect(saved("count(*) from wp_posts where post_type = 'attachment'")).toEqual(['2']);
    expect(saved('user_id from wp_comments where comment_ID > 1')).toEqual(['1']);
    expect(saved("name from wp_terms where name like 'Recipes%'")).toEqual(['Recipes &amp; tips']);
    expect(
      saved("option_value from wp_options where option_name in ('posts_per_page', 'timezone_string')").sort(),
    ).toEqual(['12', 'Europe/Dublin']);
    expect(saved("count(*) from wp_options where option_value like '%Mon–Thu</b> 8–18%'")).toEqual(['1']);
    expect(saved("meta_value from wp_usermeta where meta_key = 'description'").join()).toContain(
      'the best rye in town',
    );
  });
});

describe.skipIf(mediawiki === undefined)('the example for MediaWiki', () => {
  test('arrives: each case is answered by the application, and is in its database', async () => {
    const site = await startMediaWiki(mediawiki ?? '');
    const found = await runExample('mediawiki', site.url, { WIKI_USER: steward.name, WIKI_PASSWORD: steward.password });
    expect(found).toEqual([
      ['page', 'let-through', 302],
      ['table', 'false-positive', 302],
      ['run-book', 'false-positive', 302],
      ['preview', 'let-through', 200],
      ['preview-by-the-editor', 'let-through', 200],
      ['talk', 'let-through', 302],
      ['by-the-interface', 'let-through', 200],
      ['preferences', 'let-through', 302],
      ['upload', 'let-through', 302],
      ['search', 'false-positive', 200],
    ]);
    const authors = site.rows(`select page_title, actor_name from revision join page on page_id = rev_page
      join actor on actor_id = rev_actor where page_id > 1 order by page_title`);
    const pages = ['Opening_hours', 'Opening_hours', 'Prices', 'Run_book:_disk_full', 'Stock', 'Wheel.png'];
    expect(authors).toEqual(pages.map((page) => [page, steward.name]));
    expect(site.rows('select img_name from image')).toEqual([['Wheel.png']]);
    expect(site.rows("select up_value from user_properties where up_property = 'nickname'")).toEqual([
      ["[[User:Steward|Ann O'Shea]] (talk)"],
    ]);
  });
});
