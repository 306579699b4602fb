import type { EngineName } from '../../contract/dialect.js';
import type { AuditEntry } from '../../model/audit.js';
import type { RunReport } from '../../model/report.js';
import type { AuditOptions } from '../../model/tune-options.js';
import { modsecurityDialect } from '../../waf/modsecurity/dialects/modsecurity-dialect.js';
import { readReports } from '../saved-reports.js';
import type { World } from '../world.js';
import { readAttacks } from './attacks.js';
import { type AuditGround, openAuditGround } from './audit/audit-ground.js';
import { entryOf } from './audit/entries.js';
import { weigh } from './audit/idle.js';
import { leaveOutEach } from './audit/leave-out.js';
import { type AuditFile, readAuditFiles } from './audit/read-files.js';
import { findRemedies } from './audit/remedies.js';
import { blockedInSpite, insufficiencies } from './audit/still-blocked.js';
import { readEngineNames } from './engine-names.js';

/**
 * Tells of each exclusion in the user's files whether the legitimate cases of saved reports still need it, whether it is
 * wider than they need, does nothing, or is not enough any more. The files are read and never changed.
 * @throws WafproofError `AUDIT_UNREADABLE`, `AUDIT_NOTHING`, `AUDIT_REFUSED`
 */
export async function audit(options: AuditOptions, world: World): Promise<RunReport> {
  const { audit: names, engine, reports, ...settings } = options;
  const engines = readEngineNames(settings.engines.length === 0 ? ['modsecurity3'] : settings.engines);
  const report = await readReports(reports, world.cwd);
  const files = await readAuditFiles(names, world.cwd);
  const attacks = await readAttacks(settings.attacks, world.cwd, world.env);
  warnOfIncludes(files, world);
  world.progress.stage('loading the files as they are');
  const subject = { report: withoutSettings(report, files), attacks, files, engine, settings };
  const ground = await openAuditGround(subject, world);
  try {
    return { ...report, audit: await auditEach(ground, engines) };
  } finally {
    await ground.close();
    world.progress.end();
  }
}

async function auditEach(ground: AuditGround, engines: readonly EngineName[]): Promise<readonly AuditEntry[]> {
  const weighed = await weigh(await leaveOutEach(ground), ground);
  const { idle, losses } = weighed;
  const blocked = blockedInSpite(ground);
  const insufficient = insufficiencies(blocked, losses, ground);
  const { replacements, missing } = await findRemedies(weighed, blocked, modsecurityDialect(engines), ground);
  return ground.units.map((unit) => {
    const stillBlocked = (insufficient.get(unit) ?? []).map(({ id }) => id).sort();
    const findings = {
      losses: losses.get(unit) ?? new Map(),
      idle: idle.get(unit),
      stillBlocked,
      missing: missing(stillBlocked),
      replacement: replacements.get(unit),
    };
    return entryOf(unit, findings, ground, engines);
  });
}

/** Level and threshold of a report may be those that the files set; what they are without the files is asked here. */
function withoutSettings(report: RunReport, files: readonly AuditFile[]): RunReport {
  const names = files.flatMap(({ units }) => units.map(({ effect }) => (effect.kind === 'setting' ? effect.name : '')));
  const { threshold, paranoia, ...waf } = report.target.waf;
  const sets = (pattern: RegExp) => names.some((name) => pattern.test(name));
  const kept = {
    ...waf,
    ...(threshold !== undefined && !sets(/threshold/) && { threshold }),
    ...(paranoia !== undefined && !sets(/paranoia/) && { paranoia }),
  };
  return { ...report, target: { ...report.target, waf: kept } };
}

/** The replay is on libmodsecurity 3, so its is the reading that is asked about where none is named. */
function warnOfIncludes(files: readonly AuditFile[], { progress }: World): void {
  for (const { file, includes } of files) {
    for (const path of includes) progress.warn(`${file} includes ${path}, which is loaded and not audited`);
  }
}
