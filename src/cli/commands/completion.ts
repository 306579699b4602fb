import { fail } from '../../model/error.js';
import { closest } from '../../util/closest.js';
import type { Command } from '../command.js';
import { bashCompletion } from '../completion/bash.js';
import { fishCompletion } from '../completion/fish.js';
import { zshCompletion } from '../completion/zsh.js';
import { sharedFlags } from '../flags.js';

const shells: Readonly<Record<string, (commands: readonly Command[]) => string>> = {
  bash: bashCompletion,
  zsh: zshCompletion,
  fish: fishCompletion,
};

const names = Object.keys(shells);

/** @param commands all that are completed; this one is among them */
export function completionCommand(commands: () => readonly Command[]): Command {
  return {
    name: 'completion',
    summary: 'Prints a script by which bash, zsh or fish complete the words of wafproof',
    operands: '<bash|zsh|fish>',
    flags: sharedFlags.filter(({ long }) => long === 'help'),
    examples: [
      'eval "$(wafproof completion bash)"   # in ~/.bashrc',
      'source <(wafproof completion zsh)    # in ~/.zshrc, behind compinit',
      'wafproof completion fish | source    # in ~/.config/fish/config.fish',
    ],
    async run({ positionals }, io) {
      const [name = ''] = positionals;
      const write = Object.hasOwn(shells, name) ? shells[name] : undefined;
      if (write === undefined) throw fail('USAGE', { message: unknownShell(name), command: 'completion' });
      io.stdout.write(write(commands()));
      return { kind: 'done' };
    },
  };
}

function unknownShell(name: string): string {
  if (name === '') return `completion is for one of ${names.join(', ')}`;
  const near = closest(name, names);
  return `there is no completion for "${name}"; ${near === undefined ? `known are ${names.join(', ')}` : `did you mean "${near}"?`}`;
}
