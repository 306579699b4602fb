import type { ReportComparison } from '../../model/comparison.js';
import { changeText, comparedText, comparisonLists, isWorse, runText } from '../comparison-texts.js';
import { formatCount } from '../run-texts.js';
import { codeText, plainText, shortTable, table } from './markdown-text.js';

const maxCases = 50;

/** Two runs side by side, as the text of a pull request or a comment to one. */
export function markdownComparison(comparison: ReportComparison): string {
  const lists = comparisonLists.filter(({ list }) => comparison[list].length > 0);
  const answer = isWorse(comparison) ? 'It is worse than before.' : 'Nothing is worse than before.';
  const sections = [
    ['## Web application firewall, before and after', '', `**${answer}** ${plainText(comparedText(comparison))}.`],
    table(
      ['', 'run'],
      [
        ['before', plainText(runText(comparison.before))],
        ['after', plainText(runText(comparison.after))],
      ],
    ),
    ...lists.map(({ list, title, meaning }) => listLines(comparison[list], `### ${title}`, meaning)),
    ruleLines(comparison),
  ];
  return `${sections
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join('\n'))
    .join('\n\n')}\n`;
}

function listLines(cases: ReportComparison['newlyBlocked'], title: string, meaning: string): readonly string[] {
  const rows = cases.slice(0, maxCases).map((one) => [codeText(one.id), plainText(changeText(one))]);
  return [
    `${title} (${formatCount(cases.length)})`,
    '',
    `${plainText(meaning)}:`,
    '',
    ...shortTable(['case', 'change'], rows, cases.length),
  ];
}

function ruleLines({ rules }: ReportComparison): readonly string[] {
  if (rules.length === 0) return [];
  const rows = rules
    .slice(0, maxCases)
    .map(({ ruleId, before, after }) => [codeText(`${ruleId}`), formatCount(before), formatCount(after)]);
  return [
    '### Rules in more or fewer of the blocked cases',
    '',
    ...shortTable(['rule', 'before', 'after'], rows, rules.length),
  ];
}
