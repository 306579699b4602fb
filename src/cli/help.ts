import { wrapCommand, wrapText } from '../util/wrap-text.js';
import type { Command } from './command.js';
import type { Flag } from './flags.js';

/** Help of one command, wrapped where the columns of a terminal are given. */
export function commandHelp({ name, summary, operands, flags, examples }: Command, columns?: number): string {
  const usage = ['wafproof', name, operands, '[options]'].filter((word) => word !== '').join(' ');
  return [
    ...wrapText(summary, columns),
    '',
    ...wrapText(`Usage: ${usage}`, columns),
    '',
    'Options:',
    ...table(
      flags.map((flag) => [flagName(flag), flag.help]),
      columns,
    ),
    '',
    'Examples:',
    ...examples.flatMap((example) => indented(wrapCommand(example, less(columns, 2)), 2)),
    '',
  ].join('\n');
}

/** Help of all commands. */
export function generalHelp(commands: readonly Command[], columns?: number): string {
  return [
    ...wrapText('Proves that a web application firewall lets legitimate traffic through.', columns),
    '',
    'Usage: wafproof <command> [options]',
    '',
    'Commands:',
    ...table(
      commands.map(({ name, operands, summary }) => [`${name} ${operands}`.trim(), summary]),
      columns,
    ),
    '',
    ...wrapText('"wafproof <command> --help" tells more; "wafproof --version" (-v) is the version.', columns),
    '',
    ...exitCodes.flatMap((line) => wrapText(line, columns)),
    '',
  ].join('\n');
}

const exitCodes = [
  'Exit codes: 0 nothing to report, 1 findings (false positives, attacks missed, or cases without an answer),',
  '2 the job could not be done.',
];

function flagName({ long, short, argument }: Flag): string {
  const start = short === undefined ? '    ' : `-${short}, `;
  return `${start}--${long}${argument === undefined ? '' : ` <${argument}>`}`;
}

/** A column of text narrower than this is hard to read: then the text stands below its name. */
const narrow = 30;
const belowIndent = 8;

function table(rows: readonly (readonly [string, string])[], columns?: number): readonly string[] {
  const width = Math.max(...rows.map(([left]) => left.length));
  const beside = less(columns, width + 4);
  if (beside !== undefined && beside < narrow) return rows.flatMap((row) => stacked(row, columns));
  return rows.flatMap(([left, right]) => {
    const lines = wrapText(right, beside);
    return lines.map((line, i) => `  ${(i === 0 ? left : '').padEnd(width)}  ${line}`);
  });
}

function stacked([left, right]: readonly [string, string], columns?: number): readonly string[] {
  return [`  ${left}`, ...indented(wrapText(right, less(columns, belowIndent)), belowIndent)];
}

function indented(lines: readonly string[], by: number): readonly string[] {
  return lines.map((line) => `${' '.repeat(by)}${line}`);
}

function less(columns: number | undefined, by: number): number | undefined {
  return columns === undefined ? undefined : Math.max(1, columns - by);
}
