import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { RunReport } from '../../src/model/report.js';
import { createGithubReporter } from '../../src/report/github-reporter.js';
import { anyText, reportWith } from './hostile-case.js';
import { reportOf, result, sampleReport } from './sample-report.js';

async function annotationsOf(report: RunReport): Promise<readonly string[]> {
  const { annotations = '', files } = await createGithubReporter().render(report);
  expect(files).toEqual([]);
  return annotations.split('\n').slice(0, -1);
}

/** A workflow command as the runner of GitHub Actions reads it. */
function read(line: string) {
  const [, command, list = '', message = ''] = /^::(\w+) ([^:]*)::(.*)$/.exec(line) ?? [];
  const properties = Object.fromEntries(list.split(',').map((pair) => pair.split(/=(.*)/s).map(unescaped)));
  return { command, properties, message: unescaped(message) };
}

function unescaped(text: string): string {
  const codes: Readonly<Record<string, string>> = { '%0D': '\r', '%0A': '\n', '%3A': ':', '%2C': ',', '%25': '%' };
  return text.replace(/%(?:0D|0A|3A|2C|25)/g, (code) => codes[code] ?? code);
}

test('each finding is an annotation at the line of a case', async () => {
  const [first = ''] = await annotationsOf(sampleReport());
  expect(read(first)).toMatchObject({
    command: 'error',
    properties: {
      file: 'suites/comments.yaml',
      line: '9',
      title: 'Rule 942100 blocks ARGS:comment at POST /api/comments',
    },
  });
  expect(read(first).message).toMatch(
    /^SQL Injection Attack Detected via libinjection\nBlocked: comments\/sql-question/,
  );
});

test('of many, the first are shown and the others counted', async () => {
  const cases = Array.from({ length: 30 }, (_, number) =>
    result({ id: `case ${number}`, asExpected: false, verdict: { kind: 'inconclusive', reason: 'x' } }),
  );
  const lines = await annotationsOf(reportOf(cases));
  expect(lines).toHaveLength(10);
  expect(lines.at(-1)).toBe('::warning title=WAF::21 more are in the report');
});

test('nothing is annotated where all came out as expected', async () => {
  expect(await annotationsOf(reportOf([result({ id: 'fine' })]))).toEqual([]);
});

test('whatever the texts are, no other command is among the lines', async () => {
  await fc.assert(
    fc.asyncProperty(anyText, async (text) => {
      for (const line of await annotationsOf(reportWith(text))) {
        expect(line).toMatch(/^::(?:error|warning) /);
        expect(line).not.toMatch(/[\r\n\p{Cc}]/u);
        expect(Object.keys(read(line).properties)).toEqual(expect.arrayContaining(['file', 'title']));
        expect(Object.keys(read(line).properties).length).toBeLessThanOrEqual(4);
      }
    }),
    { numRuns: 200 },
  );
});
