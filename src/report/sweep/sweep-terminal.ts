import type { SweepReport, SweptRuleSet } from '../../model/sweep.js';
import { padWidth } from '../../util/display-width.js';
import { printable } from '../../util/printable.js';
import type { TerminalStyle } from '../terminal/style.js';
import { casesText, effortText, gridOf, percentOf, ruleSetText, type SweepGrid } from './sweep-texts.js';

/** A table for each rule set: what is blocked of legitimate requests, and detected of attacks. */
export function sweepText(report: SweepReport, style: TerminalStyle): string {
  const sections = [
    [
      style.strong(`${report.tool.name} ${report.tool.version}: ${casesText(report)}`),
      style.faint('false positives / attacks detected'),
      ...(report.interrupted === undefined ? [] : [style.doubtful(`Interrupted: ${report.interrupted}`)]),
    ],
    ...report.ruleSets.map((ruleSet) => tableOf(ruleSet, report, style)),
  ];
  return `${sections.map((lines) => lines.join('\n')).join('\n\n')}\n`;
}

function tableOf(ruleSet: SweptRuleSet, report: SweepReport, style: TerminalStyle): readonly string[] {
  const grid = gridOf(ruleSet);
  const head = ['', ...grid.columns.map((column) => labelOf(grid.columnName, column))];
  const rows = grid.rows.map((row) => [
    labelOf(grid.rowName, row),
    ...grid.columns.map((column) => cell(grid, row, column, report)),
  ]);
  const widths = head.map((_, place) => Math.max(...[head, ...rows].map((cells) => cells[place]?.length ?? 0)));
  const line = (cells: readonly string[]) =>
    `  ${cells.map((text, place) => padWidth(text, widths[place] ?? 0)).join('   ')}`.trimEnd();
  return [
    style.strong(printable(ruleSetText(ruleSet))),
    style.faint(effortText(ruleSet)),
    line(head),
    ...rows.map(line),
  ];
}

function labelOf(name: string, value: number): string {
  return `${name} ${value}`.trim();
}

function cell(grid: SweepGrid, row: number, column: number, { cases }: SweepReport): string {
  const setting = grid.at(row, column);
  if (setting === undefined) return '';
  const parts = [percentOf(setting.falsePositives, cases.legitimate), percentOf(setting.detected, cases.attacks)];
  return parts.map((part) => part.padStart(7)).join(' / ');
}
