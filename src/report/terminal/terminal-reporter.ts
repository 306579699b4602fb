import type { Reporter } from '../../contract/reporter.js';
import { verdictKinds } from '../../model/case.js';
import type { StreamedReport } from '../../model/report.js';
import { fitWidth, padWidth } from '../../util/display-width.js';
import { printable } from '../../util/printable.js';
import { baselineTexts } from '../accepted.js';
import { historyTexts } from '../history-texts.js';
import type { ReporterOptions } from '../reporter-options.js';
import { digestOf } from '../result-digest.js';
import { engineName, factText, formatDuration, plural, wafFacts, warningTexts } from '../run-texts.js';
import { verdictOrder, verdictTexts } from '../verdict-texts.js';
import { auditLines } from './audit-text.js';
import { caseLines } from './cases-text.js';
import { denialLines } from './denials-text.js';
import { exclusionLines } from './exclusions-text.js';
import { findingLines } from './findings-text.js';
import { nextSteps, type StepOptions } from './next-steps.js';
import { colourStyle, plainStyle, type TerminalCanvas, type TerminalStyle } from './style.js';
import { undecidedLines } from './undecided-text.js';

const defaultWidth = 100;

/** A summary for a person at a terminal. Nothing from payloads or logs reaches the terminal unescaped. */
export function createTerminalReporter(options: ReporterOptions = {}): Reporter {
  const canvas = {
    width: Math.max(40, options.width ?? defaultWidth),
    style: options.colours === true ? colourStyle : plainStyle,
  };
  const advised = {
    outDir: printable(options.outDir ?? 'reports/out'),
    hasConfigurations: options.hasConfigurations === true,
    canTune: options.canTune === true,
    tuneWith: options.tuneWith ?? '',
    more: options.nextSteps ?? [],
  };
  return {
    name: 'terminal',
    render: async (report) => ({ files: [], terminal: renderText(report, canvas, advised) }),
  };
}

function renderText(report: StreamedReport, canvas: TerminalCanvas, options: StepOptions): string {
  const sections = [
    headLines(report, canvas.style),
    summaryLines(report, canvas.style),
    baselineLines(report, canvas),
    historyLines(report, canvas),
    findingLines(report, canvas),
    exclusionLines(report, canvas),
    auditLines(report, canvas),
    denialLines(report, canvas),
    caseLines(report, canvas),
    undecidedLines(report, canvas),
    nextSteps(report, options),
  ];
  return `${sections
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join('\n'))
    .join('\n\n')}\n`;
}

function headLines({ tool, target }: StreamedReport, style: TerminalStyle): readonly string[] {
  const place = target.url === undefined ? target.name : `${target.name} (${target.url})`;
  const [, ...details] = wafFacts(target).map(({ label, value }) => factText(label, value));
  return [
    style.strong(printable(`${tool.name} ${tool.version} on ${place}`)),
    style.faint(printable([engineName(target.waf), ...details].join(' · '))),
  ];
}

function summaryLines(report: StreamedReport, style: TerminalStyle): readonly string[] {
  const { summary, durationMs, seed, interrupted } = report;
  const skipped = summary.skipped > 0 ? `, ${summary.skipped} skipped` : '';
  const seeded = seed === undefined ? '' : `, seed ${seed}`;
  return [
    style.strong(`${plural(summary.cases, 'case')} in ${formatDuration(durationMs)}${skipped}${seeded}`),
    ...(interrupted === undefined ? [] : [style.doubtful(`Interrupted: ${printable(interrupted)}`)]),
    ...countLines(report, style),
    ...warningTexts(report).map((text) => style.doubtful(text)),
  ];
}

function baselineLines(report: StreamedReport, { width, style }: TerminalCanvas): readonly string[] {
  const lines = baselineTexts(report);
  if (lines.length === 0) return [];
  return [
    style.strong('Baseline'),
    ...lines.map(({ tone, text }) => `  ${style[tone](fitWidth(printable(text), width - 2))}`),
  ];
}

function historyLines(report: StreamedReport, { width, style }: TerminalCanvas): readonly string[] {
  const lines = historyTexts(report);
  if (lines.length === 0) return [];
  return [style.strong('History'), ...lines.map((text) => `  ${fitWidth(printable(text), width - 2)}`)];
}

function countLines(report: StreamedReport, style: TerminalStyle): readonly string[] {
  const { verdicts } = report.summary;
  const kinds = verdictOrder.filter((kind) => (verdicts[kind] ?? 0) > 0);
  const digits = Math.max(...kinds.map((kind) => `${verdicts[kind]}`.length));
  const labels = Math.max(...verdictKinds.map((kind) => verdictTexts[kind].label.length));
  return kinds.map((kind) => {
    const { label, tone, meaning } = verdictTexts[kind];
    const paint = tone === 'good' ? style.good : tone === 'bad' || tone === 'missed' ? style.bad : style.doubtful;
    const count = `${verdicts[kind]}`.padStart(digits);
    return `  ${paint(`${count}  ${padWidth(label.toLowerCase(), labels)}`)}  ${style.faint(noteOf(kind, report) ?? meaning)}`;
  });
}

function noteOf(kind: (typeof verdictKinds)[number], report: StreamedReport): string | undefined {
  const nearMisses = digestOf(report).notes.get(kind)?.nearMisses ?? 0;
  return nearMisses === 0 ? undefined : `${plural(nearMisses, 'near miss', 'near misses')} among them`;
}
