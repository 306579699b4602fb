import { describe, expect, test } from 'vitest';
import type { RunReport } from '../../../src/model/report.js';
import { hostileReport, hostileTexts } from '../hostile-report.js';
import { sampleReport } from '../sample-report.js';
import { manyExclusions, tunedReport } from '../tuned-report.js';
import { markup, textOf } from './markup.js';

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
    expect(text).toContain('4 fields at 4 endpoints, 1 setting, 2 wider. Verified on ModSecurity 3.0.9.');
    for (const part of [
      '2 of 4 Cleared',
      '2 Still blocked',
      '1 Newly blocked',
      '1 Too broad',
      '1 No effect',
      '1 Not reproduced',
      '80 Attacks lost',
    ])
      expect(text).toContain(part);
  });

  test('says so where no engine verified them', async () => {
    const { verification: _, ...report } = tunedReport();
    expect(textOf(await section(report))).toContain('No engine has verified these exclusions.');
  });

  test('has a card for each endpoint, and what is wider stands first with its reason', async () => {
    const cards = (await section(tunedReport())).split('<article').slice(1).map(textOf);
    const heads = [
      'Every request',
      'POST /api/notes',
      'POST /api/comments',
      'POST /api/reviews',
      'GET /search',
      'POST /graphql',
    ];
    expect(cards).toHaveLength(heads.length);
    for (const [place, head] of heads.entries()) expect(cards[place]).toContain(head);
    expect(cards[0]).toContain('wider than one endpoint');
    expect(cards[0]).toContain(
      'Wider because: a run-time exclusion cannot spell the name of REQUEST_COOKIES:last visit.',
    );
    expect(cards[0]).toContain('too broad');
    expect(cards[1]).toContain('Wider because: rule 933100 still fires when ARGS:title is taken from it.');
  });

  test('names the rules of an exclusion, the cases that it is for, and its price', async () => {
    const [, , , card = ''] = (await section(tunedReport())).split('<article');
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

  test('has the ladder and the price of an exclusion, all classes with an example', async () => {
    const [, , , card = ''] = (await section(tunedReport())).split('<article');
    expect(textOf(card)).toContain('Ladder the narrowest of 4 forms');
    expect(textOf(card)).toContain("nosql-injection 62 of 70 ' || this.a == 'b");
  });

  test('says which elements of an array are meant, and what is a setting', async () => {
    const text = textOf(await section(tunedReport()));
    expect(text).toContain('ARGS:json.steps.array_*.text first 2 elements of each array');
    expect(text).toContain('TX:allowed_request_content_type = |application/json| |application/graphql| setting');
    expect(text).toContain('changed for 1 rule: 920420');
    expect(text).not.toMatch(/\|application\/graphql\| setting wider/);
  });

  test('says what has no effect', async () => {
    expect(textOf(await section(tunedReport()))).toContain(
      'ARGS:q no effect lets through none: no attack was blocked here before',
    );
  });

  test('has what each server said', async () => {
    const text = textOf(await section(tunedReport()));
    expect(text).toContain('Apache 2.4.71, ModSecurity 2.9.7 4 of 4 false positives 0 0 0');
    expect(text).toContain(
      'nginx 1.22.1, ModSecurity 3.0.9 1 of 2 false positives 1 notes/upload 0 1 rule 933100 at POST /api/notes',
    );
  });

  test('has what was refused for the price, and what was left in force', async () => {
    const text = textOf(await section(tunedReport()));
    expect(text).toContain('1 exclusion refused, and not written');
    expect(text).toContain(
      'REQUEST_HEADERS:User-Agent at GET /search for 913100 it lets 41.0 % of the attacks through, and 5 % are allowed',
    );
    expect(text).toContain('scanners-and-probes 41 of 100 sqlmap/1.7#stable');
    expect(text).toContain('1 hit left in force');
    expect(text).toContain('942130 ARGS:comment 120 POST /api/{name}');
  });

  test('a report of an earlier version has no such things, and is shown all the same', async () => {
    const { noEffect: _, notReproduced: __, ...earlier } = tunedReport().verification ?? {};
    const read = JSON.parse(JSON.stringify({ ...tunedReport(), verification: earlier })) as RunReport;
    expect(textOf(await section(read))).toContain('0 No effect');
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
  expect(textOf(html)).toContain('Excluded by ARGS:json.steps.array_*.text at POST /api/reviews');
  expect(textOf(html)).toContain('1 case still blocked');
  expect(textOf(html)).toContain('No exclusion is for it.');
  const anchors = [...html.matchAll(/href="#((?:exclusion|configuration)[\w-]*)"/g)].map(([, anchor]) => anchor);
  expect(anchors).toContain('configuration-3');
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
  expect(html.length).toBeLessThan(5_000_000);
  expect(textOf(html)).toContain('And 1,400 more exclusions');
  expect(textOf(html)).toMatch(/And 501 more endpoints/);
  expect([...html.matchAll(/<ul class="payloads">/g)]).toHaveLength(50);
});
