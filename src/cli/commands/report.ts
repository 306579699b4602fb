import { fail } from '../../model/error.js';
import type { World } from '../../pipeline/world.js';
import type { Command } from '../command.js';
import { sharedFlags } from '../flags.js';
import { judged, readOut, reportJob } from '../report-job.js';

export const reportCommand: Command = {
  name: 'report',
  summary: 'Renders saved reports again; several are merged as the shards of one run',
  operands: '<report.json…>',
  flags: sharedFlags,
  examples: [
    'wafproof report reports/out/report.json --reporter html --out /tmp/report',
    'wafproof report shard-*/report.json --out merged',
  ],
  async run(args, io) {
    if (args.positionals.length === 0) throw fail('USAGE', { message: 'no report to read', command: 'report' });
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
  },
};
