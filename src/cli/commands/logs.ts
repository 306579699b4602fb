import { fail } from '../../model/error.js';
import { type LoggedTransaction, logs } from '../../pipeline/logs.js';
import { showLogs } from '../../pipeline/show-logs.js';
import { safeJson } from '../../util/safe-json.js';
import type { Arguments } from '../arguments.js';
import type { Command } from '../command.js';
import { type Flag, sharedFlags } from '../flags.js';
import type { Io } from '../io.js';
import { createProgress } from '../progress.js';

const logsFlags: readonly Flag[] = [
  { long: 'since', argument: 'time', help: 'from when on: 2026-11-22T20:00:00Z, or how long ago: 90s, 10m, 2h, 1d' },
  { long: 'until', argument: 'time', help: 'until when, in the same way' },
  { long: 'top', argument: 'n', help: 'rows of what was refused most (default: 10)' },
  {
    long: 'clients',
    help: 'name addresses and user agents as the log has them (default: they are counted)',
  },
  { long: 'json', help: 'each transaction as a line of JSON on standard output, the summary on standard error' },
];

const common = sharedFlags.filter(({ long }) => ['quiet', 'no-color', 'help'].includes(long));

export const logsCommand: Command = {
  name: 'logs',
  summary: 'Reads WAF logs that are there already: which rules refuse whom, at which field and endpoint; sends nothing',
  operands: '<file…>',
  flags: [...logsFlags, ...common],
  examples: [
    'wafproof logs /var/log/modsec_audit.log',
    'wafproof logs /var/log/nginx --since 1d --top 20',
    'docker compose logs waf | wafproof logs -',
    'kubectl logs -l app=ingress-nginx --prefix --tail=-1 | wafproof logs -',
    'journalctl -u nginx -o json --since yesterday | wafproof logs - --clients',
    `wafproof logs modsec_audit.log.1.gz --json | jq -r 'select(.action != "passed") | .path' | sort | uniq -c`,
  ],
  async run(args, io) {
    if (args.positionals.length === 0) {
      const message = 'no log to read: name files, folders, or - for standard input';
      throw fail('USAGE', { message, command: 'logs' });
    }
    const progress = createProgress(io.stderr, args.on('quiet'));
    const summary = await logs(
      optionsOf(args),
      { cwd: io.cwd, env: io.env, signal: io.signal, progress },
      listener(args, io),
    );
    for (const { file, problem } of summary.files)
      if (problem !== undefined) progress.warn(`${file}: not read to its end: ${problem}`);
    const shown = args.on('json') ? io.stderr : io.stdout;
    if (!args.on('quiet')) shown.write(showLogs(summary, appearance(args, io)));
    return { kind: 'logged', refused: summary.actions.blocked + summary.actions['would-block'] };
  },
};

function optionsOf(args: Arguments) {
  const [since, until] = [args.text('since'), args.text('until')];
  const top = args.number('top', { min: 1, max: 10_000 });
  return {
    places: args.positionals,
    ...(since !== undefined && { since }),
    ...(until !== undefined && { until }),
    ...(top !== undefined && { top }),
    clients: args.on('clients'),
  };
}

/** Writes each transaction as a line, as fast as the other end reads. */
function listener(args: Arguments, { stdout }: Io) {
  if (!args.on('json')) return undefined;
  return (transaction: LoggedTransaction) => {
    stdout.write(`${safeJson(transaction)}\n`);
    return stdout.drained?.();
  };
}

function appearance(args: Arguments, { stdout, stderr, env }: Io) {
  const { columns } = args.on('json') ? stderr : stdout;
  const colours = columns !== undefined && !args.on('no-color') && (env['NO_COLOR'] ?? '') === '';
  return { colours, ...(columns !== undefined && { width: columns }) };
}
