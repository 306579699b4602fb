import { fail } from '../model/error.js';
import type { CheckOptions } from '../model/options.js';
import type { Arguments } from './arguments.js';
import type { CommandOutcome } from './exit-code.js';
import type { Io } from './io.js';
import { createProgress } from './progress.js';
import { readColours } from './read-options.js';

/** What goes with a report, and so not with watching. */
const ofReports = ['tune', 'json', 'reporter', 'out'];

/**
 * Checks again and again, until the user ends it.
 * @throws WafproofError `USAGE` with an option of a report, and what `watchCheck` throws
 */
export async function watchJob(args: Arguments, io: Io, options: CheckOptions): Promise<CommandOutcome> {
  const other = ofReports.find((name) => args.given.includes(name));
  if (other !== undefined)
    throw fail('USAGE', { message: `--${other} is for a report, and --watch writes none`, command: 'check' });
  const [{ watchCheck }, { showTurn }] = await Promise.all([
    import('../pipeline/watch/watch-check.js'),
    import('../pipeline/watch/show-turn.js'),
  ]);
  const { stdout, stderr, cwd, env, signal } = io;
  const { columns: width } = stdout;
  const display = { cwd, colours: readColours(args, io), ...(width !== undefined && { width }) };
  const progress = createProgress(stderr, args.on('quiet') || stderr.columns === undefined);
  await watchCheck(options, { cwd, env, signal, progress }, (turn) => {
    stdout.write(showTurn(turn, display));
    stdout.write('\nwaiting for a file to be saved; Ctrl-C ends\n\n');
  });
  return { kind: 'done' };
}
