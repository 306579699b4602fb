import fc from 'fast-check';
import MarkdownIt from 'markdown-it';
import { expect, test } from 'vitest';
import type { RunReport } from '../../src/model/report.js';
import { createMarkdownReporter } from '../../src/report/markdown/markdown-reporter.js';
import { codeBlock, codeText, plainText, table } from '../../src/report/markdown/markdown-text.js';
import { printable } from '../../src/util/printable.js';
import { anyText, reportWith } from './hostile-case.js';
import { hostileReport } from './hostile-report.js';
import { wholeText } from './rendered-text.js';
import { hit, reportOf, result, sampleReport } from './sample-report.js';
import { tunedReport } from './tuned-report.js';

// Tables and HTML, as GitHub and GitLab read them.
const markdown = new MarkdownIt({ html: true });

async function render(report: RunReport): Promise<string> {
  const { files } = await createMarkdownReporter().render(report);
  expect(files.map(({ name }) => name)).toEqual(['report.md']);
  return wholeText(files[0]);
}

/** The text that a viewer shows of HTML without other elements than those named. */
function shownOf(html: string): string {
  return html
    .replace(/<\/?(?:p|code|table|thead|tbody|tr|th|td|strong|pre)(?: class="[\w-]*")?>/g, '')
    .replace(/&(lt|gt|amp|quot);|&#(\d+);/g, (whole, name: string | undefined, code: string | undefined) => {
      if (code !== undefined) return String.fromCharCode(Number(code));
      return { lt: '<', gt: '>', amp: '&', quot: '"' }[name ?? ''] ?? whole;
    });
}

test('the answer comes first, then what is blocked, by whom and where', async () => {
  const page = await render(sampleReport());
  expect(page).toMatch(/^## Web application firewall\n\n\*\*\d+ of \d+ legitimate requests are blocked\.\*\* /);
  expect(page).toContain(
    '| 1 | `942100` SQL Injection Attack Detected via libinjection | `ARGS:comment` | `POST /api/comments` |',
  );
  expect(page).toContain('Denied elsewhere: Django: CSRF token missing');
});

test('a tuned report has the decision, each exclusion with its price, and the configuration', async () => {
  const report = tunedReport();
  const page = await render(report);
  expect(page).toMatch(/\d+ exclusions? clears? /);
  expect(page).toMatch(/They let 80 attacks through that were blocked there, all of them by /);
  for (const { files } of report.configurations ?? [])
    for (const { content } of files) for (const line of content.trimEnd().split('\n')) expect(page).toContain(line);
});

test('a page is short enough for a pull request, however much there is to say', async () => {
  const cases = Array.from({ length: 500 }, (_, number) =>
    result({ id: `case ${number}`, asExpected: false, verdict: { kind: 'inconclusive', reason: 'long '.repeat(500) } }),
  );
  const configurations = [{ dialect: 'modsecurity', files: [{ name: 'a.conf', content: 'x\n'.repeat(100_000) }] }];
  const page = await render({ ...tunedReport(), ...reportOf(cases), configurations });
  expect(page.length).toBeLessThan(65_000);
  expect(page).toContain('What is longer than this page may be is in the folder of the report.');
  expect((await render(hostileReport())).length).toBeLessThan(65_536);
});

test('where findings have long texts, as many as fit are there, the others are counted, and the configuration follows', async () => {
  const verdict = { kind: 'false-positive', detectedOnly: false } as const;
  const text = 'one | two & three <b> '.repeat(30);
  const cases = Array.from({ length: 300 }, (_, number) =>
    result({
      id: `case ${number}`,
      asExpected: false,
      verdict,
      hits: [hit({ ruleId: 1000 + number, message: text, variable: { collection: 'ARGS', key: text } })],
    }),
  );
  const configurations = [{ dialect: 'modsecurity', files: [{ name: 'a.conf', content: 'SecRuleRemoveById 1\n' }] }];
  const page = await render({ ...reportOf(cases), configurations });
  const rows = page.match(/^\| 1 \| `1\d{3}` /gm) ?? [];
  expect(rows.length).toBeGreaterThan(2);
  expect(page).toContain(`\n\n… and ${300 - rows.length} more.\n`);
  expect(page).toContain('SecRuleRemoveById 1');
});

test('the hostile report has no element, link or image in it that it did not put there', async () => {
  const html = markdown.render(await render(hostileReport()));
  expect(html.match(/<(?!\/)[a-z][\w-]*/g)?.filter((tag) => !ownTags.includes(tag.slice(1)))).toEqual([]);
  expect(html).not.toMatch(/<[^>]*(?:href|src|on\w+)=/);
});

const ownTags = 'h2 h3 p strong table thead tbody tr th td ul li code pre sub details summary blockquote'.split(' ');

test('any text stays itself in a sentence, in code and in a table', () => {
  fc.assert(
    fc.property(anyText, (text) => {
      const shown = printable(text);
      expect(shownOf(markdown.renderInline(`x${plainText(text)}x`))).toBe(`x${shown}x`);
      expect(plainText(text)).not.toMatch(/:\/\/|www\.|@|#(?!\d+;)/i);
      if (shown !== '') expect(shownOf(markdown.renderInline(codeText(text)))).toBe(shown);
      const html = markdown.render(table(['a', 'b', 'c'], [[plainText(text), codeText(text), 'end']]).join('\n'));
      const cells = [...html.matchAll(/<td>(.*?)<\/td>/g)].map(([, cell = '']) => shownOf(cell));
      // Spaces at the ends of a cell are not text.
      expect(cells.map((cell) => cell.trim())).toEqual([shown.trim(), shown.trim(), 'end']);
    }),
    { numRuns: 1000 },
  );
});

test('no text ends a block of code', () => {
  fc.assert(
    fc.property(anyText, (text) => {
      const tokens = markdown.parse(codeBlock(text, 'apache').join('\n'), {});
      expect(tokens.map(({ type }) => type)).toEqual(['fence']);
    }),
  );
});

test('whatever the texts are, tables keep their columns', async () => {
  await fc.assert(
    fc.asyncProperty(anyText, async (text) => {
      const html = markdown.render(await render(reportWith(text)));
      for (const [, row = ''] of html.matchAll(/<tr>(.*?)<\/tr>/gs))
        expect([3, 4, 5]).toContain(row.match(/<t[hd]>/g)?.length);
      expect(html).not.toMatch(/<(?:script|img|svg|base|meta|a)\b/);
    }),
    { numRuns: 100 },
  );
});
