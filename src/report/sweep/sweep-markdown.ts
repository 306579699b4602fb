import type { SweepReport, SweptRuleSet } from '../../model/sweep.js';
import { plainText, table } from '../markdown/markdown-text.js';
import { casesText, effortText, gridOf, percentOf, ruleSetText } from './sweep-texts.js';

/** The same tables, as the text of a pull request or a comment to one. */
export function sweepMarkdown(report: SweepReport): string {
  const sections = [
    [
      '## What each setting costs and detects',
      '',
      `${plainText(casesText(report))}. Each cell: false positives / attacks detected.`,
    ],
    ...report.ruleSets.map((ruleSet) => sectionOf(ruleSet, report)),
  ];
  return `${sections.map((lines) => lines.join('\n')).join('\n\n')}\n`;
}

function sectionOf(ruleSet: SweptRuleSet, { cases }: SweepReport): readonly string[] {
  const grid = gridOf(ruleSet);
  const rows = grid.rows.map((row) => [
    plainText(`${grid.rowName} ${row}`),
    ...grid.columns.map((column) => {
      const one = grid.at(row, column);
      if (one === undefined) return '';
      return `${percentOf(one.falsePositives, cases.legitimate)} / ${percentOf(one.detected, cases.attacks)}`;
    }),
  ]);
  return [
    `### ${plainText(ruleSetText(ruleSet))}`,
    '',
    ...table(['', ...grid.columns.map((column) => plainText(`${grid.columnName} ${column}`))], rows),
    '',
    plainText(effortText(ruleSet)),
  ];
}
