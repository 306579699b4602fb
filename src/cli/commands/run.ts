import { run } from '../../pipeline/run.js';
import type { Command } from '../command.js';
import { selectionFlags, sharedFlags, targetFlags, timeoutFlag } from '../flags.js';
import { readConfig, readSelection, readSuites, readTarget } from '../read-options.js';
import { reportJob } from '../report-job.js';

export const runCommand: Command = {
  name: 'run',
  summary: "Replays suites against a target over HTTP and joins each answer with the WAF's log",
  operands: '[suite…]',
  flags: [...targetFlags, ...selectionFlags, timeoutFlag, ...sharedFlags],
  examples: [
    'wafproof run suites --target staging',
    'wafproof run suites --target http://localhost:8080 --log /var/log/nginx/modsec_audit.log',
    'wafproof run suites -t staging --tag checkout --connections 4 --rate 50',
  ],
  async run(args, io) {
    const config = await readConfig(args, io);
    const options = {
      suites: readSuites(args, config),
      select: readSelection(args),
      target: readTarget(args, config),
    };
    return reportJob(args, io, (world) => run(options, world));
  },
};
