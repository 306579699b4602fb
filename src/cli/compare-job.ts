import { relative, resolve } from 'node:path';
import { fail } from '../model/error.js';
import type { Arguments } from './arguments.js';
import type { CommandOutcome } from './exit-code.js';
import type { Io } from './io.js';
import { readColours } from './read-options.js';
import { readOut } from './report-job.js';

const reporters = ['terminal', 'json', 'markdown'];

/** Shows two saved reports side by side, the earlier one first. */
export async function compareJob(args: Arguments, io: Io): Promise<CommandOutcome> {
  const [before, after, ...others] = args.positionals;
  if (before === undefined || after === undefined || others.length > 0)
    throw fail('USAGE', { message: '--compare takes two reports, the earlier one first', command: 'report' });
  const chosen = args.list('reporter');
  const unknown = chosen.find((name) => !reporters.includes(name));
  if (unknown !== undefined) throw fail('REPORTER_UNKNOWN', { name: unknown, known: reporters });
  const { compare, publishComparison } = await import('../pipeline/compare.js');
  const comparison = await compare(before, after, io);
  const { columns } = io.stdout;
  const published = await publishComparison(comparison, {
    reporters: chosen.length === 0 ? reporters : chosen,
    out: resolve(io.cwd, readOut(args)),
    colours: readColours(args, io) && !args.on('json'),
    ...(columns !== undefined && { width: columns }),
  });
  const shown = args.on('json') ? io.stderr : io.stdout;
  const files = published.files.map((file) => `wrote ${relative(io.cwd, file)}\n`).join('');
  if (!args.on('quiet')) shown.write(`${published.terminal}${files}`);
  if (args.on('json')) io.stdout.write(`${JSON.stringify(comparison)}\n`);
  return { kind: 'compared', isWorse: published.isWorse };
}
