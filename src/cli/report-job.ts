import { relative, resolve } from 'node:path';
import type { RunReport } from '../model/report.js';
import { type Publication, preparePublication, publish } from '../pipeline/publish.js';
import type { World } from '../pipeline/world.js';
import type { Arguments } from './arguments.js';
import type { ExitCode } from './command.js';
import type { Io } from './io.js';
import { createProgress } from './progress.js';

const defaultOut = 'reports/out';
const defaultReporters = ['terminal', 'json', 'html'];

/** Does a job that ends in a report: progress on standard error, files in the output folder, the summary last. */
export async function reportJob(
  args: Arguments,
  io: Io,
  job: (world: World) => Promise<RunReport>,
  defaults: { readonly out?: string } = {},
): Promise<ExitCode> {
  const publication = readPublication(args, io, defaults.out ?? defaultOut);
  await preparePublication(publication);
  const progress = createProgress(io.stderr, args.on('quiet'));
  const report = await job({ cwd: io.cwd, env: io.env, signal: io.signal, progress });
  const published = await publish(report, publication);
  const shown = args.on('json') ? io.stderr : io.stdout;
  if (!args.on('quiet')) shown.write(`${published.terminal}${written(published.files, io.cwd)}`);
  if (args.on('json')) io.stdout.write(`${JSON.stringify(report)}\n`);
  return report.summary.unexpected === 0 && report.interrupted === undefined ? 0 : 1;
}

function written(files: readonly string[], cwd: string): string {
  return files.map((file) => `wrote ${relative(cwd, resolve(cwd, file))}\n`).join('');
}

function readPublication(args: Arguments, io: Io, out: string): Publication {
  const { columns } = io.stdout;
  const chosen = args.list('reporter');
  return {
    reporters: chosen.length === 0 ? defaultReporters : chosen,
    out: args.text('out') ?? out,
    colours: columns !== undefined && !args.on('no-color') && !args.on('json') && (io.env['NO_COLOR'] ?? '') === '',
    ...(columns !== undefined && { width: columns }),
  };
}
