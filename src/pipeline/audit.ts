import type { KeptForAudits } from '../contract/auditor.js';
import { fail } from '../model/error.js';
import { installedEngine } from '../model/options.js';
import type { RunReport } from '../model/report.js';
import { type AuditOptions, defaultTuneSettings } from '../model/tune-options.js';
import { findWaf } from './find-waf.js';
import { matchFiles } from './match-files.js';
import { noteFiles, noteFolder } from './note-files.js';
import { readReports } from './saved-reports.js';
import { readAttacks } from './tune/attacks.js';
import type { World } from './world.js';

/**
 * Tells of each exclusion in the user's files whether the legitimate cases of saved reports still need it, whether it is
 * wider than they need, does nothing, or is not enough any more. The files are read and never changed. Where the world's
 * signal ends it, the report has those that are known to be needed, and says that it was interrupted.
 * @throws WafproofError `AUDIT_UNREADABLE`, `AUDIT_NOTHING`, `AUDIT_REFUSED`, `WAF_NO_TUNING`, `REPORT_INVALID`,
 * and all that can be wrong with an engine
 */
export async function audit(options: AuditOptions, world: World): Promise<RunReport> {
  return auditReport(await readReports(options.reports, world), options, world);
}

/**
 * Does the same with the cases of a report at hand.
 * @throws WafproofError all that `audit` does but `REPORT_INVALID`
 */
export async function auditReport(
  report: RunReport,
  options: Omit<AuditOptions, 'reports'>,
  world: World,
): Promise<RunReport> {
  const { audit: files, engine: own, ...given } = options;
  const engine = { ...installedEngine, ...own };
  const settings = { ...defaultTuneSettings, ...given };
  const waf = findWaf(report.target.waf.kind, world);
  if (waf.audit === undefined) throw fail('WAF_NO_TUNING', { name: waf.name });
  const attacks = await readAttacks(settings.attacks, waf.fields, world);
  const { cwd, signal, progress } = world;
  const kept = settings.noCache === true ? undefined : keptForAudits(world);
  try {
    const job = {
      files,
      report,
      attacks,
      engine,
      settings,
      cwd,
      signal,
      progress,
      ...(kept !== undefined && { kept }),
    };
    const { entries, interrupted } = await waf.audit(job);
    return { ...report, audit: entries, ...(interrupted !== undefined && { interrupted }) };
  } finally {
    progress.end();
  }
}

/** Of no more audits than these is it kept what they found. */
const mostAudits = 50;

function keptForAudits({ env }: World): KeptForAudits | undefined {
  const [matches, audits] = [noteFolder('matches', env), noteFolder('audits', env)];
  if (matches === undefined || audits === undefined) return undefined;
  const files = { folder: audits, head: 'wafproof audit 1', mostFiles: mostAudits };
  return { matches: matchFiles(matches), audits: noteFiles(files) };
}
