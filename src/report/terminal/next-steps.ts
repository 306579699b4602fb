import type { NextStep } from '../../contract/reporter.js';
import type { VerdictKind } from '../../model/case.js';
import type { StreamedReport } from '../../model/report.js';
import { printable } from '../../util/printable.js';
import { shellQuote } from '../../util/shell-quote.js';
import { openCount } from '../accepted.js';
import { clearedText } from '../exclusion-texts.js';
import { htmlFile } from '../html/html-file.js';
import { jsonFile } from '../json-reporter.js';
import { digestOf } from '../result-digest.js';
import { plural } from '../run-texts.js';

/** What advice depends on besides the report. */
export interface StepOptions {
  /** The folder that receives files, as it is named in advice. */
  readonly outDir: string;
  /** The configurations of the report are in it. */
  readonly hasConfigurations: boolean;
  /** Exclusions for the WAF of the report can be searched. */
  readonly canTune: boolean;
  /** Options that this takes; empty where it takes none. */
  readonly tuneWith: string;
  /** What is advised with this WAF. */
  readonly more: readonly NextStep[];
}

/** What to do now, most useful first. */
export function nextSteps(report: StreamedReport, options: StepOptions): readonly string[] {
  const { outDir, hasConfigurations, canTune, tuneWith, more } = options;
  if (report.summary.cases === 0) return ['No case was run.'];
  if (openCount(report) === 0) return [allWell(report)];
  const html = `${outDir}/${htmlFile}`;
  const steps = [
    ...(canTune ? tuning(report, outDir, tuneWith) : []),
    ...(hasConfigurations ? writtenExclusions(report, outDir) : []),
    ...step(true, html, pageText(report)),
    ...more.flatMap(({ command, effect }) => step(true, printable(command), effect)),
  ];
  return [title(report), ...steps];
}

function pageText({ configurations = [] }: StreamedReport): string {
  const tuned =
    configurations.length === 0 ? '' : 'each finding with its exclusion and price, the configuration to copy, and ';
  return `has ${tuned}every case with its request, the matched text and a curl command that repeats it`;
}

function allWell({ summary }: StreamedReport): string {
  if ((summary.accepted ?? 0) === 0) return 'Every case came out as expected.';
  return 'Every case came out as expected, or is accepted by the baseline.';
}

function title(report: StreamedReport): string {
  const { verification } = report;
  const tuned = verification === undefined ? '' : `, ${clearedText(verification)} cleared`;
  return `Next (${plural(openCount(report), 'case')} not as expected${tuned}):`;
}

function tuning(report: StreamedReport, outDir: string, tuneWith: string): readonly string[] {
  const applies = report.exclusions === undefined && has(report, 'false-positive');
  return step(
    applies,
    ['wafproof tune', shellQuote(`${outDir}/${jsonFile}`), ...(tuneWith === '' ? [] : [tuneWith])].join(' '),
    'writes the narrowest exclusions that clear the false positives, and says which attacks they let through',
  );
}

function writtenExclusions({ configurations = [] }: StreamedReport, outDir: string): readonly string[] {
  return configurations.flatMap(({ dialect, files }) => {
    const effect = `has the exclusions in ${plural(files.length, 'file')}: the first lines say where to include them`;
    return step(files.length > 0, printable(`${outDir}/${dialect}/`), effect);
  });
}

function has(report: StreamedReport, kind: VerdictKind): boolean {
  return (digestOf(report).notes.get(kind)?.unexpected ?? 0) > 0;
}

function step(applies: boolean, command: string, effect: string): readonly string[] {
  return applies ? [`  ${command}`, `    ${effect}`] : [];
}
