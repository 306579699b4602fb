import { fail } from '../../model/error.js';
import type { ExclusionOutcome } from '../../model/exclusion.js';
import type { RunReport } from '../../model/report.js';
import type { World } from '../../pipeline/world.js';
import type { Arguments } from '../arguments.js';
import { auditJob } from '../audit-job.js';
import type { Command } from '../command.js';
import {
  aclFlags,
  baselineFlag,
  engineFlags,
  type Flag,
  probeFlags,
  sharedFlags,
  targetFlags,
  tuneFlags,
} from '../flags.js';
import type { Io } from '../io.js';
import { readChosenEngine, readConfig, readTargetOptions } from '../read-options.js';
import { readProbing, refuseIdleProbing } from '../read-probing.js';
import { readTuneSettings } from '../read-tune-settings.js';
import { readOut, reportJob } from '../report-job.js';

const probedTarget: readonly Flag[] = [
  {
    long: 'target',
    short: 't',
    argument: 'name|url',
    help: 'where to send shortened requests (default: nothing is sent)',
  },
  ...targetFlags.filter(({ long }) => long === 'log' || long === 'rate'),
  ...probeFlags,
];

export const tuneCommand: Command = {
  name: 'tune',
  summary: 'Writes the narrowest exclusions that clear the false positives of a report, verified on the real engine',
  operands: '<report.json…>',
  flags: [...tuneFlags, ...probedTarget, ...engineFlags, ...aclFlags, baselineFlag, ...sharedFlags],
  examples: [
    'wafproof check suites && wafproof tune reports/out/report.json',
    'wafproof tune reports/out/report.json --dialect modsecurity,nginx-location --engines modsecurity2,modsecurity3',
    'wafproof tune reports/out/report.json --margin 2 --max-loss 5',
    'wafproof tune reports/out/report.json --allow-unread-bodies',
    'wafproof tune reports/out/report.json --out exclusions --attacks my-attacks.txt',
    'wafproof tune reports/out/report.json --acl acl.json --dialect terraform,aws-json',
    'wafproof tune reports/out/report.json --acl acl.json --target staging --probes 40',
    'wafproof tune reports/out/report.json --audit exclusions-before.conf exclusions-after.conf',
  ],
  async run(args, io) {
    if (args.positionals.length === 0) throw fail('USAGE', { message: 'no report to tune', command: 'tune' });
    const options = {
      reports: args.positionals,
      engine: readChosenEngine(args, io).engine ?? {},
      ...readTuneSettings(args),
      out: readOut(args),
    };
    const audited = args.list('audit');
    if (audited.length > 0) return auditJob(args, io, { ...options, audit: audited });
    const probing = await probingOf(args, io);
    const { tune } = await import('../../pipeline/tune/tune.js');
    const job = (world: World) => tune({ ...options, ...probing }, world);
    const { report, files } = await reportJob(args, io, job, { writesConfigurations: true });
    for (const file of files) (args.on('json') ? io.stderr : io.stdout).write(`wrote ${file}\n`);
    const { interrupted } = report;
    const ended = interrupted === undefined ? {} : { interrupted, isUsersEnd: io.signal.aborted };
    return { kind: 'tuned', proofs: proofsOf(report), ...ended };
  },
};

async function probingOf(args: Arguments, io: Io) {
  if (args.text('target') !== undefined)
    return { probing: readProbing(args, readTargetOptions(args, await readConfig(args, io), io)) };
  refuseIdleProbing(args);
  return {};
}

/** What the engine and the servers say of the exclusions. */
function proofsOf({ verification }: RunReport): readonly ExclusionOutcome[] {
  return verification === undefined ? [] : [verification, ...(verification.servers ?? [])];
}
