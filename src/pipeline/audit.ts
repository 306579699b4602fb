import type { RunReport } from '../model/report.js';
import type { AuditOptions } from '../model/tune-options.js';
import { auditExclusions } from '../waf/modsecurity/audit/audit-exclusions.js';
import { readReports } from './saved-reports.js';
import { readAttacks } from './tune/attacks.js';
import type { World } from './world.js';

/**
 * Tells of each exclusion in the user's files whether the legitimate cases of saved reports still need it, whether it is
 * wider than they need, does nothing, or is not enough any more. The files are read and never changed.
 * @throws WafproofError `AUDIT_UNREADABLE`, `AUDIT_NOTHING`, `AUDIT_REFUSED`
 */
export async function audit(options: AuditOptions, world: World): Promise<RunReport> {
  const { audit: files, engine, reports, ...settings } = options;
  const report = await readReports(reports, world.cwd);
  const attacks = await readAttacks(settings.attacks, world.cwd, world.env);
  const { cwd, signal, progress } = world;
  try {
    return {
      ...report,
      audit: await auditExclusions({ files, report, attacks, engine, settings, cwd, signal, progress }),
    };
  } finally {
    progress.end();
  }
}
