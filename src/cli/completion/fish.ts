import type { Command } from '../command.js';
import type { Flag } from '../flags.js';
import { takesValue } from './words.js';

/** A completion script for fish, with the words of the help. */
export function fishCompletion(commands: readonly Command[]): string {
  const names = commands.map(({ name }) => name).join(' ');
  return [
    '# Completion of wafproof for fish: wafproof completion fish | source',
    ...commands.map(
      ({ name, summary }) =>
        `complete -c wafproof -n "not __fish_seen_subcommand_from ${names}" -f -a ${name} -d ${quoted(summary)}`,
    ),
    ...commands.flatMap(({ name, flags }) => flags.map((flag) => optionLine(name, flag))),
    '',
  ].join('\n');
}

function optionLine(command: string, flag: Flag): string {
  const { long, short, help } = flag;
  return [
    `complete -c wafproof -n "__fish_seen_subcommand_from ${command}" -l ${long}`,
    ...(short === undefined ? [] : [`-s ${short}`]),
    ...(takesValue(flag) ? ['-r'] : []),
    `-d ${quoted(help)}`,
  ].join(' ');
}

/** fish knows two escapes between single quotes (fish documentation, "Quotes"). */
function quoted(text: string): string {
  return `'${text.replace(/[\\']/g, '\\$&')}'`;
}
