import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import type { RunReport } from '../../../src/model/report.js';
import { createHtmlReporter } from '../../../src/report/html/html-reporter.js';
import { hostileReport, hostileTexts } from '../hostile-report.js';
import { wholeText } from '../rendered-text.js';
import { largeReport, reportOf, request, result, sampleReport } from '../sample-report.js';
import { tunedReport } from '../tuned-report.js';
import { markupOf } from './markup.js';
import { dataOf } from './page-data.js';

const reporter = createHtmlReporter();

async function render(report: RunReport): Promise<string> {
  const { files } = await reporter.render(report);
  expect(files.map(({ name }) => name)).toEqual(['report.html']);
  return wholeText(files[0]);
}

function between(text: string, start: string, end: string): string {
  const from = text.indexOf(start);
  expect(from).toBeGreaterThanOrEqual(0);
  return text.slice(from + start.length, text.indexOf(end, from + start.length));
}

/** How often the verdicts of a report with so many cases are looked at. */
async function looks(cases: number): Promise<number> {
  const { results, ...report } = largeReport(cases);
  let count = 0;
  const watched = results.map(({ verdict, ...one }) => ({
    ...one,
    get verdict() {
      count++;
      return verdict;
    },
  }));
  await render({ ...report, results: watched });
  return count;
}

describe('the policy', () => {
  test('lets nothing load and nothing run but the script and the style of the page', async () => {
    const html = await render(sampleReport());
    const policy = between(html, '<meta http-equiv="Content-Security-Policy" content="', '"');
    expect(policy.startsWith("default-src 'none'; ")).toBe(true);
    const script = between(html, '<script type="module">', '</script>');
    const style = between(html, '<style>', '</style>');
    expect(policy).toContain(`script-src 'sha256-${createHash('sha256').update(script).digest('base64')}'`);
    expect(policy).toContain(`style-src 'sha256-${createHash('sha256').update(style).digest('base64')}'`);
    expect(policy).not.toMatch(/unsafe|http|\*/);
    expect(html.indexOf('Content-Security-Policy')).toBeLessThan(html.indexOf('<style>'));
  });

  test('is not needed: nothing refers to anything outside the page', async () => {
    const markup = markupOf(await render(sampleReport()));
    expect(markup).not.toMatch(/\b(?:src|srcset|action|style|on\w+)=/i);
    for (const [, link] of markup.matchAll(/\bhref="([^"]*)"/g)) expect(link?.startsWith('#')).toBe(true);
  });
});

describe('the script', () => {
  test('writes no markup and evaluates nothing', async () => {
    const script = between(await render(sampleReport()), '<script type="module">', '</script>');
    expect(script).not.toMatch(
      /innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\b|new Function|\bimport\b [^(]/,
    );
    expect(script).not.toMatch(/<\/script|<!--/i);
  });
});

describe('hostile texts', () => {
  test('come out of the data as they went in', async () => {
    const report = hostileReport();
    const { cases, rules } = dataOf(await render(report));
    expect(cases.map(({ id }) => id)).toEqual(report.results.map(({ id }) => id));
    for (const text of hostileTexts) {
      const shown = cases.find(({ title }) => title === text);
      expect(shown?.request.flatMap(({ fields }) => fields.map(({ value }) => value))).toContain(text);
      expect(rules.map(({ message }) => message)).toContain(text);
    }
  });

  test('make no elements, attributes or invisible characters', async () => {
    const clean = markupOf(await render({ ...tunedReport(), interrupted: 'Ctrl-C' }));
    const html = await render(hostileReport());
    const markup = markupOf(html);
    const names = (text: string) => new Set([...text.matchAll(/<([a-z0-9]+)/gi)].map(([, name]) => name));
    expect([...names(markup)].filter((name) => !names(clean).has(name))).toEqual([]);
    const attributes = (text: string) => new Set([...text.matchAll(/\s([a-z-]+)="/gi)].map(([, name]) => name));
    expect([...attributes(markup)].filter((name) => !attributes(clean).has(name))).toEqual([]);
    expect(html).not.toMatch(/(?!\n)[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u);
    expect([...html.matchAll(/<script/gi)]).toHaveLength(5);
    expect([...html.matchAll(/<\/script/gi)]).toHaveLength(5);
    expect(html).not.toContain('<!--');
  });
});

describe('without JavaScript', () => {
  test('the page says what was run, against what, and how it came out', async () => {
    const markup = markupOf(await render(sampleReport()));
    for (const text of ['ModSecurity 3.0.9', 'OWASP_CRS/3.3.4', '2026-11-22 20:00:00 UTC', '12.3 s', 'wafproof 0.1.0'])
      expect(markup).toContain(`<dd>${text}</dd>`);
    expect(markup).toMatch(
      /class="answer">5 of 50 legitimate requests are blocked\. 1 of 2 attacks is let through\. 1 case is undecided\./,
    );
    expect(markup).toContain('wafproof tune report.json proves the narrowest exclusions');
  });

  test('findings link to each of their cases', async () => {
    const report = sampleReport();
    const markup = markupOf(await render(report));
    const links = [...markup.matchAll(/href="([^"]*)"/g)].map(([, link]) => link?.replaceAll('&#x3D;', '='));
    for (const finding of report.findings) {
      expect(markup).toContain(`<code class="rule-id">${finding.ruleId}</code>`);
      for (const id of finding.cases) expect(links).toContain(`#${new URLSearchParams([['case', id]])}`);
    }
  });

  test('cases that were left out have their reasons', async () => {
    expect(markupOf(await render(sampleReport()))).toContain('the application does not store emoji yet');
  });

  test('an interrupted run says so', async () => {
    const markup = markupOf(await render(reportOf([], { interrupted: 'Ctrl-C after 3 cases.' })));
    expect(markup).toContain('The run was interrupted.');
    expect(markup).toContain('Ctrl-C after 3 cases.');
  });

  test('a report without cases is a page too', async () => {
    const markup = markupOf(await render(reportOf([])));
    expect(markup).toContain('No case was run.');
    expect(markup).toContain('No rule refused a legitimate request.');
  });
});

describe('size', () => {
  test('a value of a megabyte is whole, a longer one is cut and says so', async () => {
    const texts = ['a'.repeat(1_048_576), 'b'.repeat(1_048_577)];
    const results = texts.map((text, index) =>
      result({ id: `long/${index}`, request: request({ body: { kind: 'raw', content: { text } } }) }),
    );
    const [whole, cut] = dataOf(await render(reportOf(results))).cases;
    expect(whole?.request.at(-1)?.fields[0]?.value).toBe(texts[0]);
    expect(whole?.curl).toContain(texts[0]);
    expect(cut?.request.at(-1)?.fields[0]).toMatchObject({ value: texts[1]?.slice(1), length: 1_048_577 });
    expect(cut?.curl).toContain(texts[1]);
  });

  test('a body of several megabytes has no command', async () => {
    const body = { kind: 'raw', content: { text: 'a'.repeat(5_000_000) } } as const;
    const [long] = dataOf(await render(reportOf([result({ id: 'a/b', request: request({ body }) })]))).cases;
    expect(long?.curl).toBeUndefined();
  });

  test('many large values do not make the page too large to open', async () => {
    const text = 'large '.repeat(20_000);
    const results = Array.from({ length: 1000 }, (_, index) =>
      result({ id: `large/${index}`, request: request({ body: { kind: 'raw', content: { text } } }) }),
    );
    expect((await render(reportOf(results))).length).toBeLessThan(20_000_000);
  });

  test.each([
    [100, 150_000],
    [1000, 200_000],
    [100_000, 8_000_000],
  ])('%i cases are a page of at most %i characters', async (cases, most) => {
    const html = await render(largeReport(cases));
    expect(html.length).toBeLessThan(most);
    expect(dataOf(html).cases).toHaveLength(cases);
  });

  test('a page comes in pieces, none of them larger than its head and a chunk of data', async () => {
    const { files } = await reporter.render(largeReport(20_000));
    const lengths: number[] = [];
    for await (const chunk of files[0]?.content ?? []) lengths.push(chunk.length);
    expect(lengths.length).toBeGreaterThan(3);
    expect(Math.max(...lengths)).toBeLessThan(500_000);
  });

  test('a report whose results can only be read in order is the same page', async () => {
    const report = sampleReport();
    const streamed = { ...report, results: { [Symbol.iterator]: () => report.results[Symbol.iterator]() } };
    const { files } = await reporter.render(streamed);
    expect(await wholeText(files[0])).toBe(await render(report));
  });

  test('twice the cases are looked at twice as often', async () => {
    const [once, twice] = [await looks(1000), await looks(2000)];
    expect(once).toBeGreaterThanOrEqual(1000);
    expect(twice).toBeLessThanOrEqual(2.1 * once);
  });
});
