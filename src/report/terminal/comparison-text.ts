import type { ReportComparison } from '../../model/comparison.js';
import { fitWidth } from '../../util/display-width.js';
import { printable } from '../../util/printable.js';
import { changeText, comparedText, comparisonLists, runText } from '../comparison-texts.js';
import { formatCount } from '../run-texts.js';
import type { TerminalCanvas } from './style.js';

const maxCases = 20;
const maxRules = 10;

/** Two runs side by side, for a person at a terminal. */
export function comparisonText(comparison: ReportComparison, canvas: TerminalCanvas): string {
  const sections = [
    headLines(comparison, canvas),
    ...comparisonLists.map(({ list, title, meaning, tone }) =>
      listLines(comparison[list], `${title}`, meaning, tone, canvas),
    ),
    ruleLines(comparison, canvas),
  ];
  const shown = sections.filter((lines) => lines.length > 0);
  const same = shown.length === 1 ? [['Every case comes out the same.']] : [];
  return `${[...shown, ...same].map((lines) => lines.join('\n')).join('\n\n')}\n`;
}

function headLines(comparison: ReportComparison, { style, width }: TerminalCanvas): readonly string[] {
  return [
    fitWidth(printable(`before  ${runText(comparison.before)}`), width),
    fitWidth(printable(`after   ${runText(comparison.after)}`), width),
    style.strong(comparedText(comparison)),
  ];
}

function listLines(
  cases: ReportComparison['newlyBlocked'],
  title: string,
  meaning: string,
  tone: 'bad' | 'good' | 'doubtful',
  { style, width }: TerminalCanvas,
): readonly string[] {
  if (cases.length === 0) return [];
  const more = cases.length - maxCases;
  return [
    `${style[tone](`${title} (${formatCount(cases.length)})`)}  ${style.faint(meaning)}`,
    ...cases.slice(0, maxCases).map((one) => `  ${fitWidth(printable(`${one.id}  ${changeText(one)}`), width - 2)}`),
    ...(more > 0 ? [`  … and ${formatCount(more)} more`] : []),
  ];
}

function ruleLines({ rules }: ReportComparison, { style, width }: TerminalCanvas): readonly string[] {
  if (rules.length === 0) return [];
  const more = rules.length - maxRules;
  return [
    style.strong('Rules in more or fewer of the blocked cases'),
    ...rules
      .slice(0, maxRules)
      .map(({ ruleId, before, after }) => `  ${fitWidth(printable(`${ruleId}  ${before} → ${after}`), width - 2)}`),
    ...(more > 0 ? [`  … and ${formatCount(more)} more`] : []),
  ];
}
