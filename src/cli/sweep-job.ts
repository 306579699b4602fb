import { relative, resolve } from 'node:path';
import { fail } from '../model/error.js';
import type { CheckOptions } from '../model/options.js';
import type { Arguments } from './arguments.js';
import type { CommandOutcome } from './exit-code.js';
import type { Io } from './io.js';
import { createProgress } from './progress.js';
import { readColours } from './read-options.js';
import { readSweep } from './read-sweep.js';
import { readOut } from './report-job.js';

const reporters = ['terminal', 'json', 'html', 'markdown'];
/** What is about the report of one setting. */
const ofOne = ['tune', 'baseline', 'acl'];

/**
 * Tries settings side by side, and shows what each costs and detects.
 * @throws WafproofError `USAGE` with an option that is about one setting, and what `sweep` throws
 */
export async function sweepJob(args: Arguments, io: Io, options: CheckOptions): Promise<CommandOutcome> {
  const other = ofOne.find((name) => args.given.includes(name));
  if (other !== undefined) throw fail('USAGE', { message: `--${other} does not go with --sweep`, command: 'check' });
  const chosen = args.list('reporter');
  const unknown = chosen.find((name) => !reporters.includes(name));
  if (unknown !== undefined) throw fail('REPORTER_UNKNOWN', { name: unknown, known: reporters });
  const parameters = readSweep(args.list('sweep'));
  const [{ sweep }, { publishSweep }] = await Promise.all([
    import('../pipeline/sweep.js'),
    import('../pipeline/publish-sweep.js'),
  ]);
  const { cwd, env, signal } = io;
  const progress = createProgress(io.stderr, args.on('quiet'));
  const report = await sweep({ ...options, parameters, ruleSets: args.list('crs') }, { cwd, env, signal, progress });
  const { terminal, files } = await publishSweep(report, {
    reporters: chosen.length === 0 ? ['terminal', 'json', 'html'] : chosen,
    out: resolve(cwd, readOut(args)),
    colours: readColours(args, io) && !args.on('json'),
  });
  const shown = args.on('json') ? io.stderr : io.stdout;
  if (!args.on('quiet')) shown.write(`${terminal}${files.map((file) => `wrote ${relative(cwd, file)}\n`).join('')}`);
  if (args.on('json')) io.stdout.write(`${JSON.stringify(report)}\n`);
  return { kind: 'swept', isUsersEnd: report.interrupted !== undefined };
}
