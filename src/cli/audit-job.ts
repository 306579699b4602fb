import type { AuditEntry } from '../model/audit.js';
import type { AuditOptions } from '../model/tune-options.js';
import { audit } from '../pipeline/audit.js';
import type { Arguments } from './arguments.js';
import type { ExitCode } from './command.js';
import type { Io } from './io.js';
import { reportJob } from './report-job.js';

/** Audits the user's exclusions; 0 where every one is needed and none of them wider than that. */
export async function auditJob(args: Arguments, io: Io, options: AuditOptions): Promise<ExitCode> {
  let entries: readonly AuditEntry[] = [];
  await reportJob(args, io, async (world) => {
    const report = await audit(options, world);
    entries = report.audit ?? [];
    return report;
  });
  return entries.every(({ verdict }) => verdict === 'needed') ? 0 : 1;
}
