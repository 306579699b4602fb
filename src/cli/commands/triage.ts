import type { Triage } from '../../model/triage.js';
import { safeJson } from '../../util/safe-json.js';
import type { Arguments } from '../arguments.js';
import type { Command } from '../command.js';
import { sharedFlags } from '../flags.js';
import type { Io } from '../io.js';
import { isOfSaved, savedTriageFlags, triageBySaved } from '../triage-saved.js';
import { planText, targetTriageFlags, triageByTarget } from '../triage-target.js';

const common = sharedFlags.filter(({ long }) => ['quiet', 'no-color', 'help'].includes(long));

export const triageCommand: Command = {
  name: 'triage',
  summary:
    'Finds out which layer refused a request, and why: from what was saved of it, or by sending it and a few others',
  operands: '[url|report.json#case|-]',
  flags: [
    ...targetTriageFlags,
    ...savedTriageFlags,
    { long: 'json', help: 'the answer as JSON on standard output' },
    ...common,
  ],
  examples: [
    "wafproof triage https://staging.example/api/comments -d 'comment=hello'",
    "wafproof triage https://staging.example/api/comments -H 'Content-Type: application/json' -d @body.json --dry-run",
    "wafproof triage https://staging.example/admin -b sid=… --with-header 'Cookie: sid=…' --allow-changes",
    `wafproof triage --curl "curl https://staging.example/api -d 'comment=hello'" --dry-run`,
    'wafproof triage reports/out/report.json#comments/sql-question --wait 60',
    'wafproof triage --response answer.txt --command curl.txt --log error.log --log modsec_audit.log',
    'wafproof triage --har session.har#3 --json',
    'curl -sv https://staging.example/api/comments 2>&1 | wafproof triage -',
  ],
  async run(args, io) {
    const [what] = args.positionals;
    if (isOfSaved(what, args)) {
      const triage = await triageBySaved(what, args, io);
      await show(triage, args, io);
      return { kind: 'triaged', cause: triage.cause };
    }
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
