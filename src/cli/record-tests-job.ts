import { fail } from '../model/error.js';
import type { RecordCommandOptions, RecordedCommand } from '../pipeline/record/record-command.js';
import { counted } from '../util/counted.js';
import { printable } from '../util/printable.js';
import type { Arguments } from './arguments.js';
import { describeLeftOut, describeNeeded } from './describe-imported.js';
import { describeTests } from './describe-tests.js';
import { type CommandOutcome, exitCode } from './exit-code.js';
import type { Io } from './io.js';
import { readEngine } from './read-options.js';
import { readRecordPlace, withReportFolder } from './record-place.js';
import { reportJob } from './report-job.js';

/** Records what a command sends, such as a team's tests. */
export async function recordTests(args: Arguments, io: Io): Promise<CommandOutcome> {
  const options = readOptions(args, io);
  const [{ recordRun }, { spillingStore }] = await Promise.all([
    import('../pipeline/record/record-command.js'),
    import('../pipeline/result-store.js'),
  ]);
  const { args: forReport, folder } = withReportFolder(args);
  const results = spillingStore({ folder });
  try {
    const done = await reportJob(forReport, io, (world) => recordRun(results, options, world));
    const { report, commandCode } = done;
    const outcome = { kind: 'recorded', report, isUsersEnd: io.signal.aborted, commandCode } as const;
    const told = args.on('json') ? io.stderr : io.stdout;
    if (!args.on('quiet'))
      for (const line of describe(done, exitCode({ ...outcome, commandCode: 0 }))) told.write(`${printable(line)}\n`);
    return outcome;
  } finally {
    results.close();
  }
}

function describe(recorded: RecordedCommand, own: number): readonly string[] {
  const { file, cases, found, leftOut, notes, needed, commandCode } = recorded;
  return [
    `recorded ${counted(found, 'request')}, wrote ${counted(cases, 'case')} to ${file}`,
    ...describeLeftOut(leftOut),
    ...notes,
    ...describeNeeded(needed),
    ...describeTests(recorded),
    `exit code of the command: ${commandCode}; of what a WAF would do: ${own}`,
  ];
}

function readOptions(args: Arguments, io: Io): RecordCommandOptions {
  const usage = (message: string) => fail('USAGE', { message, command: 'record' });
  const upstream = args.text('upstream') ?? '';
  const ca = args.text('ca');
  const port = args.number('port', { min: 0, max: 65535 });
  if (!/^https?:\/\//.test(upstream) || !URL.canParse(upstream))
    throw usage(`--upstream takes an http or https URL, not "${upstream}"`);
  if (args.positionals.length === 0) throw usage('the command stands after "--", such as: -- npx playwright test');
  return {
    upstream,
    command: args.positionals,
    ...readRecordPlace(args),
    results: args.list('results'),
    engine: readEngine(args, io),
    asideOutput: args.on('json'),
    tell: (line) => (args.on('quiet') ? undefined : io.stderr.write(`${printable(line)}\n`)),
    ...(port !== undefined && { port }),
    ...(ca !== undefined && { ca }),
  };
}
