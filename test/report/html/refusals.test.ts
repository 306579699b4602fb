import { expect, test } from 'vitest';
import type { CaseResult } from '../../../src/model/report.js';
import type { Triage } from '../../../src/model/triage.js';
import type { Verdict } from '../../../src/model/verdict.js';
import { viewCase } from '../../../src/report/html/case-data.js';
import { viewRefusals } from '../../../src/report/html/refusals-view.js';
import { markdownText } from '../../../src/report/markdown/markdown-report.js';
import { createTerminalReporter } from '../../../src/report/terminal/terminal-reporter.js';
import { reportOf, request, result } from '../sample-report.js';

const told: Triage = {
  layer: 'application',
  cause: 'csrf',
  system: 'django',
  confidence: 'proved',
  evidence: [{ from: 'response', text: 'CSRF <b>verification</b> failed', says: 'the page of Django' }],
  ruledOut: ['the WAF has this request and let it pass'],
  alternatives: [{ layer: 'server', cause: 'method-denied' }],
  fix: 'send the token',
  next: 'the log of the application',
  handOver: 'Request ID 17',
};
const denied = {
  kind: 'denied-elsewhere',
  layer: 'application',
  cause: 'csrf',
  because: 'x',
  fix: 'send the token',
} as const;
const refused = (id: string, verdict: Verdict = denied, triage: Triage | undefined = told): CaseResult =>
  result({ id, status: 403, asExpected: false, verdict, ...(triage !== undefined && { triage }) });

/** A refusal as reports before 0.1 had it. */
const early = { kind: 'denied-elsewhere', layer: 'cdn', because: 'answered 403' } as unknown as Verdict;
const { triage: _, ...old } = refused('old', early);

test('a group has the verdict, the decisive bytes, what was ruled out and the next step, and its cases', () => {
  const cases = Array.from({ length: 12 }, (_, i) => refused(`c/${i}`));
  const { any, count, groups } = viewRefusals(reportOf([...cases, result({ id: 'ok' })]));
  expect([any, count]).toEqual([true, '12']);
  expect(groups).toMatchObject([
    {
      headline: '12 of 13 cases of Comments: CSRF, by the application',
      verdict: 'The application (django): CSRF (proved)',
      remedy: expect.stringContaining('a session'),
      evidence: [{ says: 'the page of Django', from: 'response', text: 'CSRF <b>verification</b> failed' }],
      ruledOut: ['the WAF has this request and let it pass'],
      others: ['the web server: method denied'],
      fix: 'send the token',
      next: 'the log of the application',
      handOver: 'Request ID 17',
      endpoints: ['POST /api/comments'],
      moreCases: '2',
    },
  ]);
  expect(groups[0]?.cases).toHaveLength(10);
});

test('a case has the same answer as its group', () => {
  const rules = { rules: [], indexOf: () => 0 };
  const { triage, fix } = viewCase(refused('a'), { url: '', rules, limit: 1000 });
  expect(triage).toMatchObject({
    verdict: 'The application (django): CSRF (proved)',
    others: ['the web server: method denied'],
  });
  expect(fix).toBe('send the token');
});

test('control characters of an answer are shown as what they are', () => {
  const evidence = [{ from: 'response', text: 'a\u001b[31m\u202e', says: 'x' }] as const;
  const { groups } = viewRefusals(reportOf([refused('a', denied, { ...told, evidence })]));
  expect(groups[0]?.evidence[0]?.text).toBe('a\\x1b[31m\\u202e');
});

test('a block that nobody logged is grouped by what its answer tells', () => {
  const unlogged = { kind: 'unattributed-block', reason: 'no entry' } as const;
  const open: Triage = { ...told, layer: 'unknown', cause: 'unknown', confidence: 'none' };
  const { groups } = viewRefusals(reportOf([refused('a', unlogged, open), refused('b', unlogged, open)]));
  expect(groups.map(({ headline }) => headline)).toEqual(['All 2 cases of Comments: refused, nobody says why']);
});

test('what is expected to be refused is in no group, and a report without refusals has none', () => {
  expect(viewRefusals(reportOf([{ ...refused('a'), asExpected: true }, result({ id: 'b' })])).any).toBe(false);
});

test('reports of earlier versions are shown in their own words, in each format', async () => {
  const report = reportOf([old, { ...old, id: 'old/2' }]);
  expect(viewRefusals(report).groups[0]).toMatchObject({
    headline: 'All 2 cases of Comments: refused, nobody says why, by cdn',
    verdict: '',
    evidence: [],
  });
  expect(markdownText(report)).toContain('nobody says why, by cdn');
  const { terminal = '' } = await createTerminalReporter().render(report);
  expect(terminal).toContain('all 2 cases of Comments: refused, nobody says why, by cdn');
  expect(viewCase(old, { url: '', rules: { rules: [], indexOf: () => 0 }, limit: 1000 }).triage?.verdict).toBe('');
});

test('paths and texts of a request are no markup of the page in Markdown', () => {
  const evil = refused('a', denied, {
    ...told,
    evidence: [{ from: 'response', text: '`</code><script>', says: '[x](http://evil)' }],
  });
  const text = markdownText(reportOf([{ ...evil, request: request({ path: '/<script>' }) }]));
  expect(text).not.toContain('<script>');
  expect(text).not.toContain('[x](');
});
