import type { AuditJob, Auditor } from '../../../contract/auditor.js';
import type { AuditEntry } from '../../../model/audit.js';
import type { RunReport } from '../../../model/report.js';
import { modsecurityDialect } from '../dialects/modsecurity-dialect.js';
import { type EngineName, numbered } from '../dialects/rule-dialect.js';
import { readEngineNames } from '../prover/engine-choice.js';
import type { AuditSubject } from './audit-subject.js';
import { auditEntryOf } from './entries.js';
import { weigh } from './idle.js';
import { leaveOutEach } from './leave-out.js';
import { openAudit } from './open-audit.js';
import { type AuditFile, readAuditFiles } from './read-files.js';
import { findRemedies } from './remedies.js';
import { blockedInSpite, insufficiencies } from './still-blocked.js';

/**
 * Leaves each exclusion of the user's files out in turn, on the embedded engine. It is libmodsecurity 3, so its is the
 * reading that is asked about where no engine is named.
 * @throws WafproofError `AUDIT_UNREADABLE`, `AUDIT_NOTHING`, `AUDIT_REFUSED`, `ENGINE_UNKNOWN`
 */
export const auditExclusions: Auditor = async (job) => {
  const { engines: names } = job.settings;
  const engines = readEngineNames(names.length === 0 ? ['modsecurity3'] : names);
  const files = await readAuditFiles(job.files, job.cwd);
  warnOfIncludes(files, job);
  job.progress.stage('loading the files as they are');
  const subject = await openAudit({ ...job, report: withoutSettings(job.report, files) }, files);
  try {
    return await auditEach(subject, engines);
  } finally {
    await subject.engines.close();
  }
};

async function auditEach(subject: AuditSubject, engines: readonly EngineName[]): Promise<readonly AuditEntry[]> {
  const weighed = await weigh(await leaveOutEach(subject), subject);
  const { idle, losses } = weighed;
  const blocked = blockedInSpite(subject);
  const insufficient = insufficiencies(blocked, losses, subject);
  const dialect = numbered(modsecurityDialect(engines), subject.engines.prover.firstId);
  const { replacements, missing } = await findRemedies(weighed, blocked, dialect, subject);
  return subject.exclusions.units.map((unit) => {
    const stillBlocked = (insufficient.get(unit) ?? []).map(({ id }) => id).sort();
    const findings = {
      losses: losses.get(unit) ?? new Map(),
      idle: idle.get(unit),
      stillBlocked,
      missing: missing(stillBlocked),
      replacement: replacements.get(unit),
    };
    return auditEntryOf(unit, findings, subject, engines);
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

function warnOfIncludes(files: readonly AuditFile[], { progress }: AuditJob): void {
  for (const { file, includes } of files) {
    for (const path of includes) progress.warn(`${file} includes ${path}, which is loaded and not audited`);
  }
}
