import { fail } from '../../model/error.js';
import type { RecordCommandOptions, RecordedCommand } from '../../pipeline/record-command.js';
import { printable } from '../../util/printable.js';
import type { Arguments } from '../arguments.js';
import type { Command } from '../command.js';
import { describeLeftOut, describeNeeded } from '../describe-imported.js';
import { exitCode } from '../exit-code.js';
import { engineFlags, type Flag, sharedFlags } from '../flags.js';
import type { Io } from '../io.js';
import { readEngine } from '../read-options.js';
import { reportJob } from '../report-job.js';

const defaultOut = 'suites/recorded';
const defaultReport = 'reports/out';

const recordFlags: readonly Flag[] = [
  { long: 'upstream', argument: 'url', help: 'the application that the command tests; it is asked through a proxy' },
  { long: 'port', argument: 'n', help: 'port of that proxy on 127.0.0.1 (default: a free one)' },
  { long: 'out', short: 'o', argument: 'dir', help: `folder for the suite (default: ${defaultOut})` },
  { long: 'name', argument: 'name', help: 'name of the suite (default: recorded)' },
  { long: 'force', help: 'overwrite a suite that is there' },
  { long: 'report', argument: 'dir', help: `folder for reports (default: ${defaultReport})` },
];

export const recordCommand: Command = {
  name: 'record',
  summary:
    'Runs tests that there are already, writes what they send into a suite, and tells what a WAF would refuse of it',
  operands: '-- <command…>',
  flags: [...recordFlags, ...engineFlags, ...sharedFlags.filter(({ long }) => long !== 'out' && long !== 'config')],
  examples: [
    'wafproof record --upstream http://localhost:3000 -- npx playwright test',
    'wafproof record --upstream http://localhost:3000 -- newman run shop.postman_collection.json --env-var baseUrl=$WAFPROOF_URL',
    "wafproof record --upstream http://localhost:3000 --force -- sh -c 'curl -F title=Hello $WAFPROOF_URL/notes'",
  ],
  async run(args, io) {
    const options = readOptions(args, io);
    const [{ recordRun }, { spillingStore }] = await Promise.all([
      import('../../pipeline/record-command.js'),
      import('../../pipeline/result-store.js'),
    ]);
    const report = args.text('report') ?? defaultReport;
    const results = spillingStore({ folder: report });
    try {
      const done = await reportJob(withOut(args, report), io, (world) => recordRun(results, options, world));
      const outcome = {
        kind: 'recorded',
        report: done.report,
        isUsersEnd: io.signal.aborted,
        commandCode: done.commandCode,
      } as const;
      const told = args.on('json') ? io.stderr : io.stdout;
      if (!args.on('quiet'))
        for (const line of describe(done, exitCode({ ...outcome, commandCode: 0 }))) told.write(`${printable(line)}\n`);
      return outcome;
    } finally {
      results.close();
    }
  },
};

function describe(
  { file, cases, found, leftOut, notes, needed, commandCode }: RecordedCommand,
  own: number,
): readonly string[] {
  return [
    `recorded ${found} requests, wrote ${cases} of them to ${file}`,
    ...describeLeftOut(leftOut),
    ...notes,
    ...describeNeeded(needed),
    `exit code of the command: ${commandCode}; of what a WAF would do: ${own}`,
  ];
}

/** The reports are for another folder than the suite. */
function withOut(args: Arguments, report: string): Arguments {
  return { ...args, text: (flag) => (flag === 'out' ? report : args.text(flag)) };
}

function readOptions(args: Arguments, io: Io): RecordCommandOptions {
  const usage = (message: string) => fail('USAGE', { message, command: 'record' });
  const upstream = args.text('upstream');
  const name = args.text('name') ?? 'recorded';
  const port = args.number('port', { min: 0, max: 65535 });
  if (upstream === undefined) throw usage('--upstream names the application, such as http://localhost:3000');
  if (!/^https?:\/\//.test(upstream) || !URL.canParse(upstream))
    throw usage(`--upstream takes an http or https URL, not "${upstream}"`);
  if (args.positionals.length === 0) throw usage('the command stands after "--", such as: -- npx playwright test');
  if (!/^[\w.-]+$/.test(name)) throw usage(`--name takes letters, digits, dots and hyphens, not "${name}"`);
  return {
    upstream,
    command: args.positionals,
    out: args.text('out') ?? defaultOut,
    name,
    force: args.on('force'),
    engine: readEngine(args, io),
    asideOutput: args.on('json'),
    ...(port !== undefined && { port }),
  };
}
