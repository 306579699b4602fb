import type { AuditOptions } from '../model/tune-options.js';
import type { Arguments } from './arguments.js';
import type { CommandOutcome } from './exit-code.js';
import type { Io } from './io.js';
import { reportJob } from './report-job.js';

/** Audits the user's exclusions, and reports what each of them is worth. */
export async function auditJob(args: Arguments, io: Io, options: AuditOptions): Promise<CommandOutcome> {
  const { audit } = await import('../pipeline/audit.js');
  const { report } = await reportJob(args, io, async (world) => ({ report: await audit(options, world) }));
  const { interrupted, audit: entries = [] } = report;
  const ended = interrupted === undefined ? {} : { interrupted, isUsersEnd: io.signal.aborted };
  return { kind: 'audited', entries, ...ended };
}
