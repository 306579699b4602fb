import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { RunReport } from '../../src/model/report.js';
import { createGitlabReporter } from '../../src/report/gitlab-reporter.js';
import { anyText, reportWith } from './hostile-case.js';
import { wholeText } from './rendered-text.js';
import { reportOf, result, sampleReport } from './sample-report.js';

interface Issue {
  readonly description: string;
  readonly check_name: string;
  readonly fingerprint: string;
  readonly severity: string;
  readonly location: { readonly path: string; readonly lines: { readonly begin: number } };
}

async function issuesOf(report: RunReport): Promise<readonly Issue[]> {
  const { files } = await createGitlabReporter().render(report);
  expect(files.map(({ name }) => name)).toEqual(['gl-code-quality-report.json']);
  return JSON.parse(await wholeText(files[0])) as readonly Issue[];
}

test('each finding is an issue at the line of a case, and what has none is one by its verdict', async () => {
  const issues = await issuesOf(sampleReport());
  expect(issues[0]).toEqual({
    description: expect.stringMatching(/^Rule \d+ blocks /),
    check_name: expect.stringMatching(/^\d+$/),
    fingerprint: expect.stringMatching(/^[\da-f]{64}$/),
    severity: 'major',
    location: { path: expect.stringMatching(/^suites\//), lines: { begin: expect.any(Number) } },
  });
  expect(issues.find(({ check_name: name }) => name === 'inconclusive')?.severity).toBe('minor');
  expect(new Set(issues.map(({ fingerprint }) => fingerprint)).size).toBe(issues.length);
});

test('a run without anything unexpected has an empty list', async () => {
  expect(await issuesOf(reportOf([result({ id: 'fine' })]))).toEqual([]);
});

test('whatever the texts are, the list has what GitLab asks for', async () => {
  await fc.assert(
    fc.asyncProperty(anyText, async (text) => {
      for (const issue of await issuesOf(reportWith(text))) {
        expect(issue.description).not.toBe('');
        expect(['info', 'minor', 'major', 'critical', 'blocker']).toContain(issue.severity);
        expect(issue.location.lines.begin).toBeGreaterThan(0);
      }
    }),
    { numRuns: 100 },
  );
});
