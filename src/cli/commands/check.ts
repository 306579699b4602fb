import { fail } from '../../model/error.js';
import type { Command } from '../command.js';
import {
  aclFlags,
  baselineFlag,
  engineFlags,
  type Flag,
  historyFlag,
  seedFlag,
  selectionFlags,
  sharedFlags,
  timeoutFlag,
} from '../flags.js';
import { readChosenEngine, readConfig, readSeed, readSelection, readSuites, readTimeout } from '../read-options.js';
import { judged, readOut, reportJob } from '../report-job.js';
import { sweepJob } from '../sweep-job.js';
import { tuneAfterFlags, tunedAfter } from '../tune-after.js';
import { watchJob } from '../watch-job.js';

const defaultTimeoutMs = 60_000;

const sweepFlag: Flag = {
  long: 'sweep',
  argument: 'settings',
  several: true,
  help: 'what each setting costs in false positives and detects in attacks, such as paranoia=1..4,threshold=5..20; with several --crs, of each',
};

const watchFlag: Flag = {
  long: 'watch',
  help: 'check again whenever a suite, a corpus or a rule file is saved, and show what is different; no report is written',
};

export const checkCommand: Command = {
  name: 'check',
  summary: 'Replays suites on the embedded ModSecurity engine, or on a web ACL of AWS WAF: no server, no network',
  operands: '[suite…]',
  flags: [
    ...selectionFlags,
    ...engineFlags,
    ...aclFlags,
    seedFlag,
    timeoutFlag,
    watchFlag,
    sweepFlag,
    baselineFlag,
    historyFlag,
    ...tuneAfterFlags,
    ...sharedFlags,
  ],
  examples: [
    'wafproof check suites',
    'wafproof check suites/comments.yaml --paranoia 2',
    'wafproof check wafproof:applications/wordpress',
    'wafproof check suites --crs ~/coreruleset-4.9.0 --rules-after exclusions.conf',
    'wafproof check suites --acl acl.json ip-set.json --front alb',
    'wafproof check suites --baseline wafproof-baseline.yaml',
    'wafproof check suites --json | jq .summary',
    'wafproof check suites/comments.yaml --tune --max-loss 5',
    'wafproof check suites --rules-before exclusions.conf --watch',
    'wafproof check suites --sweep paranoia=1..4,threshold=5..20',
    'wafproof check suites --sweep paranoia=1..4 --crs coreruleset-4.8.0.tar.gz --crs coreruleset-4.9.0.tar.gz',
  ],
  async run(args, io) {
    const config = await readConfig(args, io);
    const options = {
      suites: readSuites(args, config),
      select: readSelection(args, io),
      ...readChosenEngine(args, io),
      timeoutMs: readTimeout(args) ?? defaultTimeoutMs,
      ...readSeed(args),
    };
    if (args.on('sweep')) return sweepJob(args, io, options);
    if (args.list('crs').length > 1)
      throw fail('USAGE', { message: 'several --crs go with --sweep only', command: 'check' });
    if (args.on('watch')) return watchJob(args, io, options);
    const [{ checkInto }, { spillingStore }] = await Promise.all([
      import('../../pipeline/check.js'),
      import('../../pipeline/result-store.js'),
    ]);
    const results = spillingStore({ folder: readOut(args) });
    const job = tunedAfter(args, io, (world) => checkInto(results, options, world));
    try {
      return judged(await reportJob(args, io, job, { writesConfigurations: args.on('tune') }), io);
    } finally {
      results.close();
    }
  },
};
