import { formatVariable } from '../../model/evidence.js';
import { formatPlace } from '../../model/place.js';
import type { CaseResult, RunReport } from '../../model/report.js';
import type { ChangedResult, ResultChanges } from '../../model/result-changes.js';
import { fitWidth } from '../../util/display-width.js';
import { nameSome } from '../../util/name-some.js';
import { printable } from '../../util/printable.js';
import { formatDuration, plural } from '../run-texts.js';
import { verdictTexts } from '../verdict-texts.js';
import { resultLines } from './cases-text.js';
import type { TerminalCanvas, TerminalStyle } from './style.js';

/** How many cases of a kind are shown: more than a screen holds nobody reads while writing. */
const mostOfKind = 10;

/** What is different after files were saved, for somebody who writes suites or rules. */
export function turnText(
  saved: readonly string[],
  { report, changes }: { readonly report: RunReport; readonly changes: ResultChanges },
  canvas: TerminalCanvas,
): string {
  const { style } = canvas;
  const why = saved.length === 0 ? '' : `${style.strong(printable(nameSome(saved)))} saved: `;
  const lines = [
    `${why}${outcomeText(report, style)}`,
    ...listed(changes.broken, (result) => resultLines(result, canvas)),
    ...listed(changes.mended, (result) => [`  ${style.good('as expected now')}  ${nameOf(result, style)}`]),
    ...listed(changes.other, (pair) => [
      `  ${style.doubtful('changed')}  ${nameOf(pair.after, style)}`,
      `    ${fitWidth(printable(`${summaryOf(pair.before)} → ${summaryOf(pair.after)}`), canvas.width - 4)}`,
    ]),
    ...countsOf(changes),
  ];
  return `${lines.join('\n')}\n`;
}

function outcomeText({ summary, durationMs }: RunReport, style: TerminalStyle): string {
  const { cases, unexpected } = summary;
  const verdict =
    unexpected === 0 ? style.good('all as expected') : style.bad(`${plural(unexpected, 'case')} not as expected`);
  return `${plural(cases, 'case')} in ${formatDuration(durationMs)}, ${verdict}`;
}

function listed<T>(items: readonly T[], lines: (item: T) => readonly string[]): readonly string[] {
  const more = items.length - mostOfKind;
  return [...items.slice(0, mostOfKind).flatMap(lines), ...(more > 0 ? [`  … and ${more} more`] : [])];
}

function nameOf({ id, at }: CaseResult, style: TerminalStyle): string {
  return `${printable(id)}  ${style.faint(printable(formatPlace(at)))}`;
}

function summaryOf({ verdict, score, hits }: ChangedResult['after']): string {
  const points = score === undefined ? '' : `, score ${score.inbound}`;
  const rules = hits.map(({ ruleId, variable }) => `${ruleId} in ${formatVariable(variable)}`).join(', ');
  return `${verdictTexts[verdict.kind].label.toLowerCase()}${points}${rules === '' ? '' : ` (${rules})`}`;
}

function countsOf({ broken, mended, other, added, removed }: ResultChanges): readonly string[] {
  const counts = [
    ...(added.length > 0 ? [`${plural(added.length, 'new case')} as expected`] : []),
    ...(removed.length > 0 ? [`${plural(removed.length, 'case')} removed`] : []),
  ];
  if (counts.length > 0) return [`  ${counts.join(', ')}`];
  return broken.length + mended.length + other.length === 0 ? ['  nothing came out otherwise than before'] : [];
}
