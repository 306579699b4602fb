import { shellQuote } from '../../util/shell-quote.js';
import type { Command } from '../command.js';
import type { Flag } from '../flags.js';
import { optionWords, takesValue } from './words.js';

/** A completion script for zsh, with the words of the help. */
export function zshCompletion(commands: readonly Command[]): string {
  const described = commands.map(({ name, summary }) => shellQuote(`${name}:${summary}`));
  return `#compdef wafproof
# Completion of wafproof for zsh: source <(wafproof completion zsh), behind compinit
_wafproof() {
  local -a commands=(
    ${described.join('\n    ')}
  )
  if (( CURRENT == 2 )); then
    _describe command commands
    return
  fi
  local name=$words[2]
  shift words
  (( CURRENT-- ))
  case $name in
${commands.map(branch).join('\n')}
  esac
}
compdef _wafproof wafproof
`;
}

function branch({ name, flags }: Command): string {
  const specs = flags.flatMap((flag) => optionWords(flag).map((word) => shellQuote(spec(word, flag))));
  return `    ${name}) _arguments ${[...specs, `'*:file:_files'`].join(' ')} ;;`;
}

/** `*` lets an option come again (zsh manual, "_arguments"). */
function spec(word: string, flag: Flag): string {
  const value = takesValue(flag) ? `:${escaped(flag.argument ?? '')}:_files` : '';
  return `*${word}[${escaped(flag.help)}]${value}`;
}

function escaped(text: string): string {
  return text.replace(/[[\]:\\]/g, '\\$&');
}
