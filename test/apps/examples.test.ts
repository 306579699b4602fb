import { describe, expect, test } from 'vitest';
import { mediawiki, startMediaWiki, steward } from './mediawiki.js';
import { runExample } from './run-example.js';
import { verdictOf } from './stated-verdicts.js';
import { editor, startWordPress, wordpress } from './wordpress.js';

describe.skipIf(wordpress === undefined)('the example for WordPress', () => {
  test('arrives: each case is answered by the application, and is in its database', async () => {
    const site = await startWordPress(wordpress ?? '');
    const found = await runExample('wordpress', site.url, {
      WORDPRESS_USER: editor.name,
      WORDPRESS_PASSWORD: editor.password,
    });
    const changed = ['quick-draft', 'edited-post', 'autosave', 'site-title', 'preferences', 'search'];
    const byForm = [
      'comment-on-a-post',
      'settings',
      'reading-settings',
      'upload',
      'category',
      'profile',
      'tag',
      'discussion-settings',
    ];
    const statusOf = (id: string) => (byForm.includes(id) ? 302 : changed.includes(id) ? 200 : 201);
    expect(found).toEqual(found.map(([id]) => [id, verdictOf('wordpress', id), statusOf(id)]));
    expect(found.length).toBeGreaterThanOrEqual(25);
    const saved = (what: string) => site.rows(`select ${what}`).flat();
    expect(
      saved("post_title from wp_posts where post_type in ('page', 'wp_navigation') and ID > 3 order by 1"),
    ).toEqual(['Imprint', 'Main menu', 'Prices', 'Questions and answers']);
    expect(saved("count(*) from wp_posts where post_type = 'post' and post_status = 'publish'")).toEqual(['9']);
    expect(saved("post_content from wp_posts where post_title = 'The run book of the old server'").join()).toContain(
      '-mtime +7 -delete &amp;&amp; cat /proc/meminfo',
    );
    expect(saved('post_title from wp_posts where ID = 1')).toEqual(['Hello, Ennis!']);
    expect(saved("post_title from wp_posts where post_type = 'wp_block'")).toEqual(['Opening hours, for all pages']);
    expect(saved("name from wp_terms where name like 'C++%' or name like 'How-to%' order by 1")).toHaveLength(2);
    expect(saved("option_value from wp_options where option_name = 'moderation_keys'").join()).toContain(
      'union select',
    );
    expect(saved("count(*) from wp_posts where post_type = 'attachment'")).toEqual(['2']);
    expect(saved('user_id from wp_comments where comment_ID > 1')).toEqual(['1', '1']);
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
    const shown = ['preview', 'preview-by-the-editor', 'by-the-interface', 'search', 'move', 'watchlist'];
    expect(found).toEqual(found.map(([id]) => [id, verdictOf('mediawiki', id), shown.includes(id) ? 200 : 302]));
    expect(found.length).toBeGreaterThanOrEqual(25);
    const authors = site.rows(`select distinct page_title, actor_name from revision join page on page_id = rev_page
      join actor on actor_id = rev_actor where page_namespace = 0 and page_id > 1 order by page_title`);
    const pages = [
      'Backups',
      'Deliveries',
      'Formulas',
      'Friday',
      'Links',
      'Names',
      'Old_theme',
      'Opening_hours',
      'Prices',
    ];
    const more = ['Python_jobs', 'Run_book:_disk_full', 'Stock', 'Stock_queries', 'Till_script', 'Web_server'];
    const last = ['What_broke_on_Friday_(and_why)', 'Windows_till'];
    expect(authors).toEqual([...pages, ...more, ...last].map((page) => [page, steward.name]));
    const others = site.rows('select page_title from page where page_namespace in (1, 2, 10) order by page_title');
    expect(others.flat()).toEqual(['Opening_hours', 'Steward/common.css', 'Steward/common.js', 'Stub']);
    expect(site.rows("select wl_title from watchlist where wl_namespace = 0 and wl_title = 'Web_server'")).toHaveLength(
      1,
    );
    expect(site.rows('select img_name from image')).toEqual([['Wheel.png']]);
    expect(site.rows("select up_value from user_properties where up_property = 'nickname'")).toEqual([
      ["[[User:Steward|Ann O'Shea]] (talk)"],
    ]);
  });
});
