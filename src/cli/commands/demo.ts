import { demo } from '../../pipeline/demo.js';
import type { Command } from '../command.js';
import { sharedFlags } from '../flags.js';
import { reportJob } from '../report-job.js';

export const demoCommand: Command = {
  name: 'demo',
  summary: 'Starts a lab, replays the shipped suites against it, and reports',
  operands: '',
  flags: sharedFlags,
  examples: ['wafproof demo', 'wafproof demo --out /tmp/demo'],
  async run(args, io) {
    const code = await reportJob(args, io, demo, { out: 'reports/out/demo' });
    // False positives are what the demo is there to show: it has done its job.
    return code === 1 && !io.signal.aborted ? 0 : code;
  },
};
