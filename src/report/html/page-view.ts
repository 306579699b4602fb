import type { VerdictKind } from '../../model/case.js';
import { formatPlace } from '../../model/place.js';
import type { Fact, StreamedReport } from '../../model/report.js';
import { printable } from '../../util/printable.js';
import { baselineTexts } from '../accepted.js';
import { historySummary, historyTexts } from '../history-texts.js';
import { digestOf, type VerdictNote } from '../result-digest.js';
import { formatCount, plural, runFacts, wafFacts, warningTexts } from '../run-texts.js';
import { verdictOrder, verdictTexts } from '../verdict-texts.js';
import { viewBeforeAfter } from './before-after-view.js';
import { viewClearings } from './clearing-view.js';
import { type ConfigurationsView, viewConfigurations } from './configurations-view.js';
import { type DecisionView, viewDecision } from './decision-view.js';
import { indexExclusions } from './exclusion-index.js';
import { type ExclusionsView, viewExclusions } from './exclusions-view.js';
import { type FindingsView, viewFindingGroups } from './findings-view.js';
import { hitsLeft } from './hits-left.js';
import { type PicturesView, viewPictures } from './pictures/pictures-view.js';
import { type PrintedView, viewPrinted } from './printed-view.js';
import { type RefusalsView, viewRefusals } from './refusals-view.js';
import { viewTrends } from './trend-view.js';
import { viewTriggers } from './trigger-view.js';

const maxSkipped = 500;

/** What the templates show without JavaScript. All texts are printable; Handlebars escapes them for HTML. */
export interface PageView {
  readonly title: string;
  readonly target: string;
  readonly url: string;
  readonly tool: string;
  readonly facts: readonly Fact[];
  readonly interrupted: string;
  /** What casts doubt on the log. */
  readonly warnings: readonly string[];
  readonly decision: DecisionView;
  /** What a baseline says of it. */
  readonly news: readonly string[];
  /** What the runs before say of it: in a line, and one by one. */
  readonly history: { readonly summary: string; readonly lines: readonly string[] };
  readonly explanation: string;
  /** All exclusions in a table, for print. */
  readonly printed: PrintedView;
  readonly bar: readonly BarPiece[];
  readonly tiles: readonly Tile[];
  readonly pictures: PicturesView;
  readonly findings: FindingsView;
  readonly refusals: RefusalsView;
  readonly exclusions: ExclusionsView;
  readonly configurations: ConfigurationsView;
  readonly skipped: SkippedView;
  readonly cases: string;
}

/** A verdict and how often it was given. */
export interface Tile {
  readonly kind: VerdictKind;
  readonly tone: string;
  readonly label: string;
  readonly meaning: string;
  readonly count: string;
  readonly none: boolean;
  readonly note: string;
}

/** A piece of the bar that shows the shares of verdicts, in thousandths. */
export interface BarPiece {
  readonly tone: string;
  readonly start: number;
  readonly width: number;
}

/** Cases that were left out. */
export interface SkippedView {
  readonly count: string;
  readonly any: boolean;
  readonly cases: readonly { readonly id: string; readonly place: string; readonly reason: string }[];
  readonly more: string;
}

/** Prepares a report for the templates. */
export function viewPage(report: StreamedReport): PageView {
  const { target, summary, tool } = report;
  const index = indexExclusions(report);
  const left = hitsLeft(report);
  return {
    title: printable(`Wafproof: ${target.name}`),
    target: printable(target.name),
    url: printable(target.url ?? ''),
    tool: printable(`${tool.name} ${tool.version}`),
    facts: [...wafFacts(target), ...runFacts(report)].map(({ label, value }) => ({ label, value: printable(value) })),
    interrupted: printable(report.interrupted ?? ''),
    warnings: warningTexts(report).map(printable),
    decision: viewDecision(report, index),
    news: baselineTexts(report).map(({ text }) => printable(text)),
    history: { summary: printable(historySummary(report)), lines: historyTexts(report).slice(1).map(printable) },
    explanation: explanation(report),
    printed: viewPrinted(report),
    bar: viewBar(report),
    tiles: verdictOrder.map((kind) => viewTile(kind, report)),
    pictures: viewPictures(report, index),
    findings: viewFindingGroups(report, {
      triggerOf: viewTriggers(report),
      trendOf: viewTrends(report),
      clearingOf: viewClearings(report, index, left),
      outcomeOf: viewBeforeAfter(report, left),
    }),
    refusals: viewRefusals(report),
    exclusions: viewExclusions(report, index),
    configurations: viewConfigurations(report),
    skipped: viewSkipped(report),
    cases: formatCount(summary.cases),
  };
}

function explanation({ findings }: StreamedReport): string {
  const cases = new Set(findings.flatMap((finding) => finding.cases)).size;
  const rules = new Set(findings.map(({ ruleId }) => ruleId)).size;
  return findings.length === 0
    ? ''
    : `${plural(rules, 'rule')} refused legitimate requests in ${plural(cases, 'case')}`;
}

function viewTile(kind: VerdictKind, report: StreamedReport): Tile {
  const count = report.summary.verdicts[kind] ?? 0;
  const note = tileNote(count, digestOf(report).notes.get(kind));
  return { kind, ...verdictTexts[kind], count: formatCount(count), none: count === 0, note };
}

function tileNote(count: number, { unexpected, nearMisses }: VerdictNote = { unexpected: 0, nearMisses: 0 }): string {
  const notes = [
    ...(unexpected > 0 && unexpected < count ? [`${formatCount(unexpected)} not as expected`] : []),
    ...(nearMisses > 0 ? [plural(nearMisses, 'near miss', 'near misses')] : []),
  ];
  return notes.join(', ');
}

function viewBar({ summary }: StreamedReport): readonly BarPiece[] {
  let start = 0;
  return verdictOrder.flatMap((kind) => {
    const width = (1000 * (summary.verdicts[kind] ?? 0)) / Math.max(1, summary.cases);
    const piece = { tone: verdictTexts[kind].tone, start: round(start), width: round(width) };
    start += width;
    return width === 0 ? [] : [piece];
  });
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}

function viewSkipped({ skipped }: StreamedReport): SkippedView {
  const more = skipped.length - maxSkipped;
  return {
    count: formatCount(skipped.length),
    any: skipped.length > 0,
    cases: skipped.slice(0, maxSkipped).map(({ id, at, reason }) => ({
      id: printable(id),
      place: printable(formatPlace(at)),
      reason: printable(reason),
    })),
    more: more > 0 ? formatCount(more) : '',
  };
}
