import { resolve } from 'node:path';
import type { AuditJob, AuditResult } from '../../../contract/auditor.js';
import type { AuditEntry, AuditVerdict } from '../../../model/audit.js';
import { correlationHeader } from '../../../model/correlation.js';
import { openAcl } from '../open-acl.js';
import type { LintFinding, LintId } from './finding.js';
import { lintAcl } from './lint-acl.js';

/** What findings say of an exclusion; those that are about something else are for the doctor. */
const verdicts: Readonly<Partial<Record<LintId, AuditVerdict>>> = {
  'override-of-no-rule': 'idle',
  'label-of-no-rule': 'idle',
  'label-too-late': 'idle',
  'size-never-matches': 'idle',
  'rule-shadowed': 'idle',
  'regex-unsupported': 'idle',
  'duplicate-priority': 'idle',
  'reblock-after-allow': 'broader',
  'forgeable-exemption': 'broader',
  'group-counts': 'broader',
  'excluded-rule': 'broader',
};

/**
 * What is wrong with the exclusions in a web ACL, by what is written in it. What managed rules match only AWS knows, so no
 * case is evaluated.
 * @throws WafproofError `ACL_…`, what can be wrong with the files
 */
export async function auditAcl({ files, engine, cwd }: AuditJob): Promise<AuditResult> {
  const acl = files.map((file) => resolve(cwd, file));
  const { source, front } = await openAcl({ ...engine, acl });
  const findings = lintAcl(source, { front, correlationHeader, now: Date.now() });
  const named = files.find((file) => resolve(cwd, file) === source.file) ?? source.file;
  return { entries: findings.flatMap((finding) => entryOf(finding, named)) };
}

function entryOf(finding: LintFinding, file: string): readonly AuditEntry[] {
  const { id, rule, place, what, consequence, cure } = finding;
  const verdict = verdicts[id];
  if (verdict === undefined) return [];
  const entry = {
    at: { file },
    text: [rule === undefined ? 'web ACL' : `rule ${rule}`, place].filter((part) => part !== '').join(' at '),
    where: 'every request',
    verdict,
    reason: `${what} ${consequence} ${cure}`,
    ...(verdict === 'idle' && { idle: 'no-effect' as const }),
    blockedWithout: [],
    matchedWithout: [],
    stillBlocked: [],
    notes: [],
  };
  return [entry];
}
