import type { Command } from '../command.js';
import {
  baselineFlag,
  historyFlag,
  probeFlags,
  repeatFlags,
  seedFlag,
  selectionFlags,
  sharedFlags,
  targetFlags,
  timeoutFlag,
} from '../flags.js';
import {
  readConfig,
  readEngine,
  readRepeat,
  readSeed,
  readSelection,
  readSuites,
  readTargetOptions,
} from '../read-options.js';
import { readProbing } from '../read-probing.js';
import { judged, readOut, reportJob } from '../report-job.js';
import { readTriage, runPlanText, triageFlags } from '../run-triage.js';
import { tuneAfterFlags, tunedAfter, tuningEngineFlags } from '../tune-after.js';

export const runCommand: Command = {
  name: 'run',
  summary: "Replays suites against a target over HTTP and joins each answer with the WAF's log",
  operands: '[suite…]',
  flags: [
    ...targetFlags,
    ...selectionFlags,
    ...repeatFlags,
    seedFlag,
    timeoutFlag,
    baselineFlag,
    historyFlag,
    ...triageFlags,
    ...tuneAfterFlags,
    ...probeFlags,
    ...tuningEngineFlags,
    ...sharedFlags,
  ],
  examples: [
    'wafproof run suites --target staging',
    'wafproof run suites --target http://localhost:8080 --log /var/log/nginx/modsec_audit.log',
    'wafproof run suites -t staging --tag checkout --connections 4 --rate 50',
    'wafproof run suites -t staging --resume',
    'wafproof run suites/uploads.yaml -t staging --repeat 20',
    'wafproof run suites -t staging --triage',
    'wafproof run suites -t staging --triage --dry-run',
    'wafproof run suites -t staging --tune --engines modsecurity2',
  ],
  async run(args, io) {
    const [{ runInto }, { settleJournal }, { spillingStore }] = await Promise.all([
      import('../../pipeline/run.js'),
      import('../../pipeline/open-journal.js'),
      import('../../pipeline/result-store.js'),
    ]);
    const config = await readConfig(args, io);
    const folder = readOut(args);
    const options = {
      suites: readSuites(args, config),
      select: readSelection(args, io),
      target: readTargetOptions(args, config, io),
      engine: readEngine(args, io),
      ...readRepeat(args),
      ...readSeed(args),
      ...readTriage(args),
      journal: { folder, resume: args.on('resume') },
    };
    if (args.on('dry-run')) {
      const { planEndpoints } = await import('../../pipeline/triage/plan-endpoints.js');
      io.stdout.write(runPlanText(await planEndpoints(options, io)));
      return { kind: 'done' };
    }
    const results = spillingStore({ folder });
    const isAsked = args.given.some((long) => long === 'probes' || long === 'probe-here');
    const probing = isAsked || options.target.waf.webAcl !== undefined ? readProbing(args, options.target) : undefined;
    const job = tunedAfter(args, io, (world) => runInto(results, options, world), probing, options.target.waf.webAcl);
    try {
      const result = await reportJob(args, io, job, {
        writesConfigurations: args.on('tune'),
        async published(report) {
          const path = await settleJournal(folder, report);
          if (path !== undefined)
            io.stderr.write(`${path} has what is done; the same command with --resume does the rest\n`);
        },
      });
      return judged(result, io);
    } finally {
      results.close();
    }
  },
};
