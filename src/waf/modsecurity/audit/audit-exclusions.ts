import type { AuditJob, Auditor, AuditResult } from '../../../contract/auditor.js';
import { WafproofError } from '../../../model/error.js';
import type { RunReport } from '../../../model/report.js';
import { modsecurityDialect } from '../dialects/modsecurity-dialect.js';
import { type EngineName, numbered } from '../dialects/rule-dialect.js';
import { readEngineNames } from '../prover/engine-choice.js';
import type { AuditSubject } from './audit-subject.js';
import { auditEntryOf } from './entries.js';
import { weigh } from './idle.js';
import { leaveOutEach } from './leave-out.js';
import { type AuditMemory, openMemory } from './memory.js';
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
  const memory = await openMemory(subject, job.kept?.audits, job);
  try {
    tellOfEarlier(memory, subject);
    return await auditEach(subject, engines, memory);
  } finally {
    await memory.save();
    await subject.engines.close();
  }
};

function tellOfEarlier({ losses, idle }: AuditMemory, { exclusions: { units }, progress }: AuditSubject): void {
  if (losses.size === 0) return;
  const looked = idle.size === 0 ? '' : `, and what ${idle.size} of them do to attacks`;
  progress.warn(
    `an earlier audit of the same files, rules, cases and attacks has found out what is lost without ${losses.size} of ${units.length} exclusions${looked}: this one goes on from there`,
  );
}

/** Where the user ends it, what is known by then: exclusions without which something was blocked or matched. */
async function auditEach(
  subject: AuditSubject,
  engines: readonly EngineName[],
  memory: AuditMemory,
): Promise<AuditResult> {
  try {
    return { entries: await auditAll(subject, engines, memory) };
  } catch (error) {
    if (!(error instanceof WafproofError && error.code === 'INTERRUPTED')) throw error;
    const { losses: known } = memory;
    const needed = [...known].filter(([, losses]) => losses.size > 0);
    const nothing = { idle: undefined, stillBlocked: [], missing: undefined, replacement: undefined };
    const entries = needed.map(([unit, losses]) => auditEntryOf(unit, { ...nothing, losses }, subject, engines));
    return { entries, interrupted: interruptedText(known.size, entries.length, subject) };
  }
}

function interruptedText(left: number, needed: number, { exclusions: { units } }: AuditSubject): string {
  const rest = 'none was tried for a narrower form, and of the others nothing is said';
  return `interrupted: ${left} of ${units.length} exclusions were left out, ${needed} are needed; ${rest}`;
}

async function auditAll(subject: AuditSubject, engines: readonly EngineName[], memory: AuditMemory) {
  const { units } = subject.exclusions;
  const open = units.filter((unit) => !memory.losses.has(unit));
  await leaveOutEach(open, subject, (unit, losses) => memory.keepLosses(unit, losses));
  const known = new Map(units.map((unit) => [unit, memory.losses.get(unit) ?? new Map()]));
  const weighed = await weigh(known, memory, subject);
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
