import type { World } from '../../pipeline/world.js';
import type { Command } from '../command.js';
import { sharedFlags } from '../flags.js';
import { reportJob } from '../report-job.js';

export const demoCommand: Command = {
  name: 'demo',
  summary: 'Starts a lab, replays the shipped suites against it, proves exclusions for some, and reports',
  operands: '',
  flags: sharedFlags,
  examples: ['wafproof demo', 'wafproof demo --out /tmp/demo'],
  async run(args, io) {
    const { demo } = await import('../../pipeline/demo.js');
    const out = args.text('out') ?? 'reports/out/demo';
    const job = async (world: World) => ({ report: await demo(world, out) });
    const { report } = await reportJob(args, io, job, { out, writesConfigurations: true });
    return { kind: 'demonstrated', report, isUsersEnd: io.signal.aborted };
  },
};
