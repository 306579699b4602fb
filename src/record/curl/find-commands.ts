import { commandIn, type Start } from './command-start.js';
import { pipedProgram, runsProgram } from './program-names.js';
import { ShellReader } from './read-shell.js';
import type { ShellCommand } from './shell-command.js';

const mostNested = 3;
/** A shell that is handed a command as a word. */
const shells = /(?:^|\/)(?:(?:ba|z|da|k|a)?sh|ssh|su|watch|eval|xargs|parallel|docker|podman|kubectl|oc|vagrant|cmd)$/;

/** Commands of a text. */
export interface FoundCommands {
  readonly commands: readonly ShellCommand[];
  /** Where something looks like a command of curl, and its beginning cannot be told. */
  readonly unclear: readonly number[];
}

/**
 * The commands of a text in which prose may stand around them. Assignments are remembered (`TOKEN=abc`); what stands in
 * `$(…)`, and what a shell is handed as a word, is looked through as well.
 * @param text bytes, one character a byte
 */
export function findCommands(text: string, variables = new Map<string, string>(), depth = 0): FoundCommands {
  const commands: ShellCommand[] = [];
  const unclear: number[] = [];
  const feeding = [...text.matchAll(pipedProgram)].map(({ index }) => index);
  for (let at = 0; at < text.length; ) {
    const start = commandIn(text, at, feeding);
    if (start.kind === 'unclear') unclear.push(at);
    if (start.kind !== 'command') {
      at = nextLine(text, at);
      continue;
    }
    const read = commandsAt(text, start, variables);
    for (const command of read.commands) {
      if (depth < mostNested) commands.push(...nested(command, variables, depth));
      commands.push(command);
    }
    at = Math.max(read.next, at + 1);
  }
  return { commands, unclear };
}

function commandsAt(text: string, { at, end, hasPrompt }: Start, variables: Map<string, string>) {
  const whole = end === undefined ? text : text.slice(0, end);
  return new ShellReader(whole, at, variables, hasPrompt).readLine();
}

/** The commands in what a command would run, at its place. */
function nested(
  { programs, words, at }: ShellCommand,
  variables: Map<string, string>,
  depth: number,
): readonly ShellCommand[] {
  const scripts = words.some((word) => shells.test(word)) ? words.filter((word) => runsProgram.test(word)) : [];
  return [...programs, ...scripts]
    .flatMap((inner) => findCommands(inner, variables, depth + 1).commands)
    .map((command) => ({ ...command, at }));
}

function nextLine(text: string, at: number): number {
  const end = text.indexOf('\n', at);
  return end < 0 ? text.length : end + 1;
}
