import { fail, WafproofError } from '../model/error.js';
import { toolVersion } from '../pipeline/tool-version.js';
import { closest } from '../util/closest.js';
import { printable } from '../util/printable.js';
import { parseArguments } from './arguments.js';
import { commands } from './commands.js';
import { exhaustionOf } from './exhaustion.js';
import { type CommandOutcome, type ExitCode, exitCode } from './exit-code.js';
import { commandHelp, generalHelp } from './help.js';
import type { Io } from './io.js';

/** Everything that `wafproof` does with its words; never throws. */
export async function runCommandLine(words: readonly string[], io: Io): Promise<ExitCode> {
  try {
    return exitCode(await dispatch(words, io));
  } catch (error) {
    io.stderr.write(`${describeError(exhaustionOf(error) ?? error)}\n`);
    return exitCode({ kind: 'failed' });
  }
}

const versionWords: readonly string[] = ['--version', '-v', '-V'];

async function dispatch([name, ...rest]: readonly string[], io: Io): Promise<CommandOutcome> {
  if (name === undefined || name === '--help' || name === '-h' || name === 'help') {
    const output = name === undefined ? io.stderr : io.stdout;
    output.write(generalHelp(commands, output.columns));
    return { kind: name === undefined ? 'failed' : 'done' };
  }
  if (name !== undefined && versionWords.includes(name)) {
    io.stdout.write(`${toolVersion()}\n`);
    return { kind: 'done' };
  }
  const command = commands.find((one) => one.name === name);
  if (command === undefined) throw unknownCommand(name);
  const args = parseArguments(command.name, command.flags, rest);
  if (args.on('help')) {
    io.stdout.write(commandHelp(command, io.stdout.columns));
    return { kind: 'done' };
  }
  const [operand] = args.positionals;
  if (command.operands === '' && operand !== undefined)
    throw fail('USAGE', { message: `${name} takes options only, not "${operand}"`, command: name });
  return command.run(args, io);
}

function unknownCommand(name: string): WafproofError {
  const near = closest(
    name,
    commands.map((command) => command.name),
  );
  const message = `there is no command "${name}"${near === undefined ? '' : `; did you mean "${near}"?`}`;
  return fail('USAGE', { message });
}

/** Messages may quote payloads and logs, so control characters in them are shown and not obeyed. */
function describeError(error: unknown): string {
  const text =
    error instanceof WafproofError ? error.message : `internal error: ${error instanceof Error ? error.stack : error}`;
  return text.split('\n').map(printable).join('\n');
}
