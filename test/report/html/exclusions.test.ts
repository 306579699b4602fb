import { describe, expect, test } from 'vitest';
import type { RunReport } from '../../../src/model/report.js';
import { createHtmlReporter } from '../../../src/report/html/html-reporter.js';
import { hostileReport, hostileTexts } from '../hostile-report.js';
import { sampleReport } from '../sample-report.js';
import { manyExclusions, tunedReport } from '../tuned-report.js';

const reporter = createHtmlReporter();

/** The page as Handlebars made it: without its script, its style and its data. */
async function markup(report: RunReport): Promise<string> {
  const { files } = await reporter.render(report);
  return (files[0]?.content ?? '').replace(/<(script|style)\b[\s\S]*?<\/\1>/g, '');
}

/** What a reader sees of HTML. */
function textOf(html: string): string {
  return html
    .replace(/<[^>]*>/g, ' ')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&#x27;', "'")
    .replaceAll('&#x3D;', '=')
    .replaceAll('&#x60;', '`')
    .replaceAll('&amp;', '&')
    .replace(/\s+/g, ' ');
}

async function section(report: RunReport): Promise<string> {
  const html = await markup(report);
  const start = html.indexOf('<section id="exclusions"');
  return start < 0 ? '' : html.slice(start, html.indexOf('<section id="cases"'));
}

describe('the section', () => {
  test('is there only where exclusions were asked for', async () => {
    expect(await section(sampleReport())).toBe('');
    expect(textOf(await section({ ...sampleReport(), exclusions: [] }))).toContain('No exclusion was found.');
  });

  test('sums up what the engine said', async () => {
    const text = textOf(await section(tunedReport()));
    expect(text).toContain('4 fields at 4 endpoints, 2 wider. Verified on ModSecurity 3.0.9.');
    for (const part of ['3 of 5 Cleared', '2 Still blocked', '1 Newly blocked', '1 Too broad', '80 Attacks lost'])
      expect(text).toContain(part);
  });

  test('says so where no engine verified them', async () => {
    const { verification: _, ...report } = tunedReport();
    expect(textOf(await section(report))).toContain('No engine has verified these exclusions.');
  });

  test('has a card for each endpoint, and what is wider stands first with its reason', async () => {
    const cards = (await section(tunedReport())).split('<article').slice(1).map(textOf);
    const heads = ['Every request', 'POST /api/comments', 'POST /api/notes', 'POST /api/reviews', 'GET /search'];
    expect(cards).toHaveLength(heads.length);
    for (const [place, head] of heads.entries()) expect(cards[place]).toContain(head);
    expect(cards[0]).toContain('wider than one endpoint');
    expect(cards[0]).toContain(
      'Wider because: a run-time exclusion cannot spell the name of REQUEST_COOKIES:last visit.',
    );
    expect(cards[0]).toContain('too broad');
    expect(cards[2]).toContain('Wider because: rule 933100 still fires when ARGS:title is taken from it.');
  });

  test('names the rules of an exclusion, the cases that it is for, and its price', async () => {
    const [, , card = ''] = (await section(tunedReport())).split('<article');
    const text = textOf(card);
    expect(text).toContain('lets through 732 of 2,084 attacks (35 %)');
    expect(text).toContain('942100 SQL Injection Attack Detected via libinjection 1 case');
    expect(text).toContain('942190 hidden behind the others');
    expect(text).toContain('For 1 case: comments/sql-question');
    expect(card).toMatch(/<div class="price tone-bad">\s*<svg[^>]*><rect class="tone-bad" x="0" y="0" width="351"/);
  });

  test('says of a price that could not be measured why', async () => {
    expect(textOf(await section(tunedReport()))).toContain('not measured: no attack fits here');
    expect(textOf(await section(tunedReport()))).toContain('none: no attack was blocked here before');
  });

  test('shows some attacks of each class', async () => {
    const text = textOf(await section(tunedReport()));
    expect(text).toContain('80 attacks in 3 classes');
    for (const part of ["1' OR 0=0 -- a", '<?php system("id 8"); ?>', '$(cat /etc/passwd)', 'and 54 more'])
      expect(text).toContain(part);
  });
});

test('a finding names the exclusion that clears it, and each link within the page leads somewhere', async () => {
  const html = await markup(tunedReport());
  expect(textOf(html)).toContain('Cleared by ARGS:comment at POST /api/comments');
  expect(textOf(html)).toContain('Excluded by ARGS:json.steps.array_0.text at POST /api/reviews 1 case still blocked');
  expect(textOf(html)).toContain('No exclusion is for it.');
  const anchors = [...html.matchAll(/href="#(exclusion[\w-]*)"/g)].map(([, anchor]) => anchor);
  expect(anchors.length).toBeGreaterThan(6);
  for (const anchor of anchors) expect(html).toContain(`id="${anchor}"`);
});

test('hostile texts stand in the section as they are, with what is invisible escaped', async () => {
  const text = textOf(await section(hostileReport()));
  for (const hostile of hostileTexts.filter((one) => /^[ -~]*$/.test(one))) {
    expect(text).toContain(`Wider because: ${hostile.replace(/\s+/g, ' ')}.`);
  }
  expect(text).toContain('abc\\u202etxt.exe');
});

test('thousands of exclusions are shown in part, and the page says so', async () => {
  const report = manyExclusions(3000);
  const html = await section(report);
  expect(html.length).toBeLessThan(4_000_000);
  expect(textOf(html)).toContain('And 1,400 more exclusions');
  expect(textOf(html)).toMatch(/And 1,301 more endpoints/);
  expect([...html.matchAll(/<ul class="payloads">/g)]).toHaveLength(50);
});
