import { relative, resolve } from 'node:path';
import { type Problem, WafproofError } from '../model/error.js';
import type { StreamedReport } from '../model/report.js';
import { lockOutput } from '../pipeline/lock-output.js';
import type { Publication } from '../pipeline/publish.js';
import type { World } from '../pipeline/world.js';
import { using } from '../util/using.js';
import type { Arguments } from './arguments.js';
import type { CommandOutcome } from './exit-code.js';
import type { Io, Output } from './io.js';
import { createProgress } from './progress.js';
import { readColours } from './read-options.js';

const defaultOut = 'reports/out';
const defaultReporters = ['terminal', 'json', 'html'];

export interface JobSettings {
  /** Folder for reports where the command line names none. */
  readonly out?: string;
  /** Called when the report is safe on the disk. */
  readonly published?: (report: StreamedReport) => Promise<void>;
  /** The job writes the configurations of its report itself. */
  readonly writesConfigurations?: boolean;
}

/** Folder for reports. */
export function readOut(args: Arguments): string {
  return args.text('out') ?? defaultOut;
}

/**
 * Does a job that ends in a report: progress on standard error, files in the output folder, the summary last.
 * @returns what the job came to
 */
export async function reportJob<J extends { readonly report: StreamedReport }>(
  args: Arguments,
  io: Io,
  job: (world: World) => Promise<J>,
  { out = readOut(args), published: afterwards, writesConfigurations = false }: JobSettings = {},
): Promise<J> {
  const publication = {
    ...readPublication(args, io, args.text('out') ?? out),
    hasConfigurations: writesConfigurations,
  };
  const { preparePublication } = await import('../pipeline/publish.js');
  await preparePublication(publication);
  return using(lockOutput(publication.out, args.command), () => doJob(args, io, job, publication, afterwards));
}

async function doJob<J extends { readonly report: StreamedReport }>(
  args: Arguments,
  io: Io,
  job: (world: World) => Promise<J>,
  publication: Publication,
  afterwards: JobSettings['published'],
): Promise<J> {
  const progress = createProgress(io.stderr, args.on('quiet'));
  const world = { cwd: io.cwd, env: io.env, signal: io.signal, progress };
  const accept = await readBaseline(args, world);
  const remember = await openHistory(args, world);
  const done = await job(world);
  const { report, forgotten } = await remember(accept(done.report));
  const result = { ...done, report };
  const { publish, reportJson } = await import('../pipeline/publish.js');
  const published = await publish(report, publication);
  const shown = args.on('json') ? io.stderr : io.stdout;
  if (!args.on('quiet')) shown.write(`${published.terminal}${written(published.files, io.cwd)}`);
  if (published.aside !== undefined)
    io.stderr.write(kept(publication.out, relative(io.cwd, resolve(io.cwd, published.aside))));
  (shown.writeAsIs ?? shown.write)(published.annotations);
  if (args.on('json')) await writeAll(io.stdout, reportJson(report));
  await afterwards?.(report);
  refuseFailed([...forgotten, ...published.failed]);
  return result;
}

/** Makes a report say what the baseline accepts of it, where there is one. */
async function readBaseline(args: Arguments, world: World): Promise<<R extends StreamedReport>(report: R) => R> {
  const file = args.text('baseline');
  if (file === undefined) return (report) => report;
  const { openBaseline } = await import('../pipeline/baseline.js');
  return openBaseline(file, world);
}

/** What the history made of a report, and what kept it from that: a report is not lost for it. */
interface Remembered<R> {
  readonly report: R;
  readonly forgotten: readonly Problem[];
}

/** Makes a report say what earlier runs tell, where there is a history. */
async function openHistory(
  args: Arguments,
  world: World,
): Promise<<R extends StreamedReport>(report: R) => Promise<Remembered<R>>> {
  const file = args.text('history');
  if (file === undefined) return async (report) => ({ report, forgotten: [] });
  const { checkHistory, withHistory } = await import('../pipeline/history.js');
  await checkHistory(file, world);
  return (report) =>
    withHistory(report, file, world).then(
      (remembered) => ({ report: remembered, forgotten: [] }),
      (error: unknown) => {
        if (error instanceof WafproofError) return { report, forgotten: error.problems };
        throw error;
      },
    );
}

/** Everything else is done by then. */
function refuseFailed([first, ...others]: readonly Problem[]): void {
  if (first !== undefined) throw new WafproofError([first, ...others]);
}

/** Waits where the reader is slower. */
async function writeAll({ write, drained }: Output, chunks: Iterable<string>): Promise<void> {
  for (const chunk of chunks) {
    write(chunk);
    await drained?.();
  }
  write('\n');
}

/** What the cases of a report came to. */
export function judged({ report }: { readonly report: StreamedReport }, { signal }: Io): CommandOutcome {
  return { kind: 'judged', report, isUsersEnd: signal.aborted };
}

function kept(out: string, aside: string): string {
  return `${out} keeps the report of an earlier run, which was finished; what this one has come to is in ${aside}\n`;
}

function written(files: readonly string[], cwd: string): string {
  return files.map((file) => `wrote ${relative(cwd, resolve(cwd, file))}\n`).join('');
}

function readPublication(args: Arguments, io: Io, out: string): Publication {
  const { columns } = io.stdout;
  const chosen = args.list('reporter');
  const summary = io.env['GITHUB_STEP_SUMMARY'] ?? '';
  return {
    reporters: chosen.length === 0 ? defaultReporters : chosen,
    out: args.text('out') ?? out,
    colours: readColours(args, io) && !args.on('json'),
    ...(columns !== undefined && { width: columns }),
    ...(summary !== '' && { jobSummary: resolve(io.cwd, summary) }),
  };
}
