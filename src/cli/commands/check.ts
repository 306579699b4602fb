import type { Command } from '../command.js';
import { aclFlags, engineFlags, seedFlag, selectionFlags, sharedFlags, timeoutFlag } from '../flags.js';
import { readChosenEngine, readConfig, readSeed, readSelection, readSuites, readTimeout } from '../read-options.js';
import { judged, readOut, reportJob } from '../report-job.js';
import { tuneAfterFlags, tunedAfter } from '../tune-after.js';

const defaultTimeoutMs = 60_000;

export const checkCommand: Command = {
  name: 'check',
  summary: 'Replays suites on the embedded ModSecurity engine, or on a web ACL of AWS WAF: no server, no network',
  operands: '[suite…]',
  flags: [...selectionFlags, ...engineFlags, ...aclFlags, seedFlag, timeoutFlag, ...tuneAfterFlags, ...sharedFlags],
  examples: [
    'wafproof check suites',
    'wafproof check suites/comments.yaml --paranoia 2',
    'wafproof check suites --crs ~/coreruleset-4.9.0 --rules-after exclusions.conf',
    'wafproof check suites --acl acl.json ip-set.json --front alb',
    'wafproof check suites --json | jq .summary',
    'wafproof check suites/comments.yaml --tune --max-loss 5',
  ],
  async run(args, io) {
    const [{ checkInto }, { spillingStore }] = await Promise.all([
      import('../../pipeline/check.js'),
      import('../../pipeline/result-store.js'),
    ]);
    const config = await readConfig(args, io);
    const options = {
      suites: readSuites(args, config),
      select: readSelection(args),
      ...readChosenEngine(args, io),
      timeoutMs: readTimeout(args) ?? defaultTimeoutMs,
      ...readSeed(args),
    };
    const results = spillingStore({ folder: readOut(args) });
    const job = tunedAfter(args, io, (world) => checkInto(results, options, world));
    try {
      return judged(await reportJob(args, io, job, { writesConfigurations: args.on('tune') }), io);
    } finally {
      results.close();
    }
  },
};
