import type { Command } from './command.js';
import type { Flag } from './flags.js';

export function commandHelp({ name, summary, operands, flags, examples }: Command): string {
  const usage = ['wafproof', name, operands, '[options]'].filter((word) => word !== '').join(' ');
  return [
    `${summary}\n`,
    `Usage: ${usage}\n`,
    'Options:',
    ...table(flags.map((flag) => [flagName(flag), flag.help])),
    '\nExamples:',
    ...examples.map((example) => `  ${example}`),
    '',
  ].join('\n');
}

export function generalHelp(commands: readonly Command[]): string {
  return [
    'Proves that a web application firewall lets legitimate traffic through.\n',
    'Usage: wafproof <command> [options]\n',
    'Commands:',
    ...table(commands.map(({ name, operands, summary }) => [`${name} ${operands}`.trim(), summary])),
    '\n"wafproof <command> --help" tells more.',
    '\nExit codes: 0 nothing to report, 1 findings (false positives, attacks missed, or cases without an answer),',
    '2 the job could not be done.',
    '',
  ].join('\n');
}

function flagName({ long, short, argument }: Flag): string {
  const start = short === undefined ? '    ' : `-${short}, `;
  return `${start}--${long}${argument === undefined ? '' : ` <${argument}>`}`;
}

function table(rows: readonly (readonly [string, string])[]): readonly string[] {
  const width = Math.max(...rows.map(([left]) => left.length));
  return rows.map(([left, right]) => `  ${left.padEnd(width)}  ${right}`);
}
