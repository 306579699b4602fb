import type { VerdictKind } from '../model/case.js';
import type { RunReport } from '../model/report.js';
import { jsonFile } from './json-reporter.js';
import { plural } from './run-texts.js';

/** What to do now, most useful first. */
export function nextSteps(report: RunReport, outDir: string): readonly string[] {
  if (report.summary.cases === 0) return ['No case was run.'];
  if (report.summary.unexpected === 0) return ['Every case came out as expected.'];
  const saved = `${outDir}/${jsonFile}`;
  const steps = [
    ...step(has(report, 'false-positive'), `wafproof tune ${saved}`, 'finds the smallest exclusions and verifies them'),
    ...stricterCheck(report),
    ...step(
      has(report, 'denied-elsewhere') || has(report, 'unattributed-block'),
      `wafproof triage ${saved}#CASE-ID`,
      'says which layer refused a case, and why',
    ),
    ...step(has(report, 'inconclusive'), 'wafproof doctor', 'checks that the target answers and its logs can be read'),
  ];
  const title = `Next (${plural(report.summary.unexpected, 'case')} not as expected):`;
  return steps.length === 0 ? [] : [title, ...steps];
}

function stricterCheck(report: RunReport): readonly string[] {
  const paranoia = report.target.waf.paranoia ?? 1;
  const applies = has(report, 'attack-missed') && paranoia < 4;
  return step(
    applies,
    `wafproof check --paranoia ${paranoia + 1}`,
    'shows which attacks a higher paranoia level refuses',
  );
}

function has({ results }: RunReport, kind: VerdictKind): boolean {
  return results.some((result) => result.verdict.kind === kind && !result.asExpected);
}

function step(applies: boolean, command: string, effect: string): readonly string[] {
  return applies ? [`  ${command}`, `    ${effect}`] : [];
}
