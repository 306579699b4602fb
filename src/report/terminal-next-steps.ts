import type { VerdictKind } from '../model/case.js';
import type { RunReport } from '../model/report.js';
import { htmlFile } from './html/html-file.js';
import { plural } from './run-texts.js';

/** What to do now, most useful first. */
export function nextSteps(report: RunReport, outDir: string): readonly string[] {
  if (report.summary.cases === 0) return ['No case was run.'];
  if (report.summary.unexpected === 0) return ['Every case came out as expected.'];
  const html = `${outDir}/${htmlFile}`;
  const steps = [
    ...step(true, html, 'has every case with its request, the matched text and a curl command that repeats it'),
    ...stricterCheck(report),
  ];
  const title = `Next (${plural(report.summary.unexpected, 'case')} not as expected):`;
  return [title, ...steps];
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
