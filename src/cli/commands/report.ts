import { fail } from '../../model/error.js';
import type { World } from '../../pipeline/world.js';
import type { Arguments } from '../arguments.js';
import { updateBaselineJob } from '../baseline-job.js';
import type { Command } from '../command.js';
import { compareJob } from '../compare-job.js';
import { baselineFlag, type Flag, historyFlag, sharedFlags } from '../flags.js';
import type { Io } from '../io.js';
import { judged, readOut, reportJob } from '../report-job.js';

const reportFlags: readonly Flag[] = [
  { long: 'compare', help: 'of two reports: what is newly blocked and newly passing, other rules and other scores' },
  baselineFlag,
  historyFlag,
  {
    long: 'update-baseline',
    argument: 'file',
    help: 'accept in this file what did not come out as expected; reasons and days that it has stay',
  },
  { long: 'reason', argument: 'text', help: 'why new entries of the baseline are accepted' },
  { long: 'expires', argument: 'day', help: 'the last day of new and of expired entries, such as 2027-01-31' },
];

export const reportCommand: Command = {
  name: 'report',
  summary: 'Renders saved reports again; several are merged as the shards of one run, or compared',
  operands: '<report.json…>',
  flags: [...reportFlags, ...sharedFlags],
  examples: [
    'wafproof report reports/out/report.json --reporter html --out /tmp/report',
    'wafproof report shard-*/report.json --out merged',
    'wafproof report before/report.json after/report.json --compare',
    'wafproof report reports/out/report.json --update-baseline wafproof-baseline.yaml --reason "ticket 4711" --expires 2027-01-31',
  ],
  async run(args, io) {
    if (args.positionals.length === 0) throw fail('USAGE', { message: 'no report to read', command: 'report' });
    refuseIdle(args);
    if (args.on('compare')) return compareJob(args, io);
    if (args.on('update-baseline')) return updateBaselineJob(args, io);
    return renderAgain(args, io);
  },
};

/** They would be taken without a word, and do nothing. */
function refuseIdle(args: Arguments): void {
  const idle = ['reason', 'expires'].find((long) => args.on(long) && !args.on('update-baseline'));
  if (idle !== undefined)
    throw fail('USAGE', { message: `--${idle} has an effect with --update-baseline only`, command: 'report' });
}

async function renderAgain(args: Arguments, io: Io) {
  const [{ readReportsInto }, { spillingStore }] = await Promise.all([
    import('../../pipeline/saved-reports.js'),
    import('../../pipeline/result-store.js'),
  ]);
  const store = spillingStore({ folder: readOut(args) });
  const read = async (world: World) => ({ report: await readReportsInto(store, args.positionals, world) });
  try {
    return judged(await reportJob(args, io, read), io);
  } finally {
    store.close();
  }
}
