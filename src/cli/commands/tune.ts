import { resolve } from 'node:path';
import { fail } from '../../model/error.js';
import type { Verification } from '../../model/exclusion.js';
import { tune } from '../../pipeline/tune/tune.js';
import type { Command } from '../command.js';
import { engineFlags, type Flag, sharedFlags } from '../flags.js';
import { readEngine } from '../read-options.js';
import { reportJob } from '../report-job.js';

const tuneFlags: readonly Flag[] = [
  {
    long: 'attacks',
    argument: 'corpus',
    several: true,
    help: 'attack corpora that price each exclusion (default: those that ship)',
  },
];

export const tuneCommand: Command = {
  name: 'tune',
  summary: 'Writes the narrowest exclusions that clear the false positives of a report, verified on the real engine',
  operands: '<report.json…>',
  flags: [...tuneFlags, ...engineFlags, ...sharedFlags],
  examples: [
    'wafproof check suites && wafproof tune reports/out/report.json',
    'wafproof tune reports/out/report.json --out exclusions --attacks my-attacks.txt',
  ],
  async run(args, io) {
    if (args.positionals.length === 0) throw fail('USAGE', { message: 'no report to tune', command: 'tune' });
    const attacks = args.list('attacks');
    const out = resolve(io.cwd, args.text('out') ?? 'reports/out');
    let files: readonly string[] = [];
    let verification: Verification | undefined;
    const options = {
      reports: args.positionals,
      engine: readEngine(args, io),
      attacks: attacks.length === 0 ? ['wafproof:attacks'] : attacks,
      out,
    };
    await reportJob(args, io, async (world) => {
      const tuned = await tune(options, world);
      files = tuned.files;
      ({ verification } = tuned.report);
      return tuned.report;
    });
    for (const file of files) (args.on('json') ? io.stderr : io.stdout).write(`wrote ${file}\n`);
    return verification !== undefined && isProved(verification) ? 0 : 1;
  },
};

/** Every false positive passes, and nothing else has changed. */
function isProved({ stillBlocked, newlyBlocked, tooBroad }: Verification): boolean {
  return [stillBlocked, newlyBlocked, tooBroad].every((ids) => ids.length === 0);
}
