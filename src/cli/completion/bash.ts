import { shellQuote } from '../../util/shell-quote.js';
import type { Command } from '../command.js';
import { optionWords, takesValue } from './words.js';

/** A completion script for bash: commands first, then the options of the command; whatever else is a file. */
export function bashCompletion(commands: readonly Command[]): string {
  return `# Completion of wafproof for bash: eval "$(wafproof completion bash)"
_wafproof() {
  local word=\${COMP_WORDS[COMP_CWORD]} before=\${COMP_WORDS[COMP_CWORD-1]} options= values=
  if [ "$COMP_CWORD" -eq 1 ]; then
    COMPREPLY=($(compgen -W ${shellQuote(commands.map(({ name }) => name).join(' '))} -- "$word"))
    return
  fi
  case \${COMP_WORDS[1]} in
${commands.map(branch).join('\n')}
  esac
  case $word in
    -*) case " $values " in *" $before "*) ;; *) COMPREPLY=($(compgen -W "$options" -- "$word")) ;; esac ;;
  esac
}
complete -o default -o bashdefault -F _wafproof wafproof
`;
}

function branch({ name, flags }: Command): string {
  const values = flags.filter(takesValue).flatMap(optionWords);
  const options = flags.flatMap(optionWords);
  return `    ${name}) options=${shellQuote(options.join(' '))} values=${shellQuote(values.join(' '))} ;;`;
}
