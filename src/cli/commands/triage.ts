import type { Triage } from '../../model/triage.js';
import { safeJson } from '../../util/safe-json.js';
import type { Arguments } from '../arguments.js';
import type { Command } from '../command.js';
import { sharedFlags } from '../flags.js';
import type { Io } from '../io.js';
import { planText, targetTriageFlags, triageByTarget } from '../triage-target.js';

const common = sharedFlags.filter(({ long }) => ['quiet', 'no-color', 'help'].includes(long));

export const triageCommand: Command = {
  name: 'triage',
  summary: 'Finds out which layer refused a request, and why: sends it once, and at most six others that tell',
  operands: '[url|report.json#case]',
  flags: [...targetTriageFlags, { long: 'json', help: 'the answer as JSON on standard output' }, ...common],
  examples: [
    "wafproof triage https://staging.example/api/comments -d 'comment=hello'",
    "wafproof triage https://staging.example/api/comments -H 'Content-Type: application/json' -d @body.json --dry-run",
    "wafproof triage https://staging.example/admin -b sid=… --with-header 'Cookie: sid=…' --allow-changes",
    `wafproof triage --curl "curl https://staging.example/api -d 'comment=hello'" --dry-run`,
    'wafproof triage reports/out/report.json#comments/sql-question --wait 60',
  ],
  async run(args, io) {
    const [what] = args.positionals;
    const came = await triageByTarget(what, args, io);
    if (came.kind === 'plan') {
      io.stdout.write(args.on('json') ? `${safeJson(came.plan)}\n` : planText(came.plan));
      return { kind: 'done' };
    }
    await show(came.triage, args, io);
    return { kind: 'triaged', cause: came.triage.cause };
  },
};

async function show(triage: Triage, args: Arguments, io: Io) {
  if (args.on('json')) return io.stdout.write(`${safeJson(triage)}\n`);
  if (args.on('quiet')) return;
  const { showTriage } = await import('../../pipeline/show-triage.js');
  const { columns } = io.stdout;
  const colours = columns !== undefined && !args.on('no-color') && (io.env['NO_COLOR'] ?? '') === '';
  io.stdout.write(showTriage(triage, { colours, ...(columns !== undefined && { width: columns }) }));
}
