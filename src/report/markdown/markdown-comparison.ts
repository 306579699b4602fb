import type { ReportComparison } from '../../model/comparison.js';
import { changeText, comparedText, comparisonLists, isWorse, runText } from '../comparison-texts.js';
import { formatCount } from '../run-texts.js';
import { codeText, plainText, table } from './markdown-text.js';

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
  const more = cases.length - maxCases;
  return [
    `${title} (${formatCount(cases.length)})`,
    '',
    `${plainText(meaning)}:`,
    '',
    ...table(
      ['case', 'change'],
      cases.slice(0, maxCases).map((one) => [codeText(one.id), plainText(changeText(one))]),
    ),
    ...(more > 0 ? ['', `… and ${formatCount(more)} more.`] : []),
  ];
}

function ruleLines({ rules }: ReportComparison): readonly string[] {
  if (rules.length === 0) return [];
  return [
    '### Rules in more or fewer of the blocked cases',
    '',
    ...table(
      ['rule', 'before', 'after'],
      rules
        .slice(0, maxCases)
        .map(({ ruleId, before, after }) => [codeText(`${ruleId}`), formatCount(before), formatCount(after)]),
    ),
  ];
}
