import { printable } from '../util/printable.js';
import type { Arguments } from './arguments.js';
import type { CommandOutcome } from './exit-code.js';
import type { Io } from './io.js';

const unreviewed = 'not reviewed yet';
const most = 20;

/** Accepts what is in saved reports, and tells what is new in the baseline, what went, and what has expired. */
export async function updateBaselineJob(args: Arguments, io: Io): Promise<CommandOutcome> {
  const [{ readReports }, { saveBaseline }] = await Promise.all([
    import('../pipeline/saved-reports.js'),
    import('../pipeline/baseline.js'),
  ]);
  const file = args.text('update-baseline') ?? '';
  const expires = args.text('expires');
  const notes = { reason: args.text('reason') ?? unreviewed, ...(expires !== undefined && { expires }) };
  const report = await readReports(args.positionals, io);
  const { entries, added, dropped, expired } = await saveBaseline(report, file, notes, io);
  const lines = [
    ...listed('added', added),
    ...listed('dropped, no longer seen', dropped),
    ...listed('expired, and still seen', expired),
    `wrote ${file} with ${entries.length} ${entries.length === 1 ? 'entry' : 'entries'}`,
  ];
  if (!args.on('quiet')) io.stdout.write(`${lines.map(printable).join('\n')}\n`);
  return { kind: 'done' };
}

function listed(what: string, entries: readonly { readonly id: string; readonly what: string }[]): readonly string[] {
  const more = entries.length - most;
  return [
    ...entries.slice(0, most).map((entry) => `${what}: ${entry.what || entry.id}`),
    ...(more > 0 ? [`${what}: and ${more} more`] : []),
  ];
}
