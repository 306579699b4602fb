import { describe, expect, test } from 'vitest';
import type { Configuration, RunReport } from '../../../src/model/report.js';
import { endpointExcerpts } from '../../../src/report/html/configurations-view.js';
import { hostileReport, hostileTexts } from '../hostile-report.js';
import { sampleReport } from '../sample-report.js';
import { tunedReport } from '../tuned-report.js';
import { markup, textOf } from './markup.js';
import { dataOfReport } from './page-data.js';

function withContent(content: string): RunReport {
  return { ...tunedReport(), configurations: [{ dialect: 'some', files: [{ name: 'a.conf', content }] }] };
}

function filesOf(report: RunReport): readonly string[] {
  return dataOfReport(report).files;
}

test('each file has its name, and the page its text as it was written', async () => {
  const text = textOf(await markup(tunedReport()));
  expect(text).toContain('modsecurity/REQUEST-900-EXCLUSION-RULES-BEFORE-CRS.conf 11 lines');
  const contents = tunedReport().configurations?.flatMap(({ files }) => files.map(({ content }) => content));
  expect(filesOf(tunedReport())).toEqual(contents);
});

test('a report without configurations has no such section', async () => {
  expect(await markup(sampleReport())).not.toContain('id="configuration"');
});

test('hostile files have their names escaped, and their texts as they are', async () => {
  const report = hostileReport();
  expect(filesOf(report)).toEqual(report.configurations?.flatMap(({ files }) => files.map(({ content }) => content)));
  const text = textOf(await markup(report));
  for (const hostile of hostileTexts.filter((one) => /^[ -~]*$/.test(one)))
    expect(text).toContain(`${hostile}/${hostile}`.replace(/\s+/g, ' '));
});

test('a very long file is shown in part, and copied whole', async () => {
  const report = withContent(`${'SecAction "id:1"\n'.repeat(50_000)}# end`);
  const html = await markup(report);
  expect(html).toContain('450,005 more characters');
  expect(html).not.toContain('# end');
  expect(filesOf(report)[0]).toContain('# end');
});

describe('what a file says of an endpoint', () => {
  const scope = { method: 'POST', path: '/a/{number}' };
  const content = '# head\n\nSecRule A\n    SecRule B\n\nSecRule C\n';

  function excerpts(text: string, sections: Configuration['sections']): readonly string[] {
    const configuration = {
      dialect: 'some',
      files: [{ name: 'a.conf', content: text }],
      ...(sections && { sections }),
    };
    const report = { ...tunedReport(), configurations: [configuration] };
    return endpointExcerpts(report)(scope).map((one) => one.text);
  }

  test('are the lines of its sections, one after the other', () => {
    const first = { scope, file: 'a.conf', from: 3, to: 4 };
    expect(excerpts(content, [first])).toEqual(['SecRule A\n    SecRule B']);
    expect(excerpts(content, [first, { scope, file: 'a.conf', from: 6, to: 6 }])).toEqual([
      'SecRule A\n    SecRule B\n\nSecRule C',
    ]);
  });

  test('is nothing of what serves another endpoint, or stands in another file', () => {
    const other = { ...scope, path: '/a' };
    expect(excerpts(content, [{ scope: other, file: 'a.conf', from: 3, to: 4 }])).toEqual([]);
    expect(excerpts(content, [{ scope, file: 'b.conf', from: 3, to: 4 }])).toEqual([]);
    expect(excerpts(content, undefined)).toEqual([]);
  });

  test('is not shown where some of it cannot be seen', () => {
    expect(excerpts('SecRule \u202eA', [{ scope, file: 'a.conf', from: 1, to: 1 }])).toEqual([]);
  });

  test('is asked of endpoints only', () => {
    expect(endpointExcerpts(tunedReport())({ path: '/api/comments' })).toEqual([]);
  });

  test('stands in the card of the endpoint', async () => {
    const html = await markup(tunedReport());
    const card = html.slice(html.indexOf('id="configuration-3"'));
    expect(textOf(card.slice(0, card.indexOf('</details>')))).toContain(
      'ctl:ruleRemoveTargetById=942190;ARGS:comment,',
    );
  });
});
