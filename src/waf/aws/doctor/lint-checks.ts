import type { Check } from '../../../contract/check.js';
import { correlationHeader } from '../../../model/correlation.js';
import type { AclSource } from '../acl/web-acl.js';
import type { DescribedGroup, LintFacts, LintFinding, LintId } from '../lint/finding.js';
import { findingText } from '../lint/finding-text.js';
import { lintAcl } from '../lint/lint-acl.js';
import type { AwsRecord } from '../log-record.js';
import { noResources } from '../source/acl-document.js';
import type { AwsFacts } from './aws-facts.js';
import { doubtful, fine } from './findings.js';
import { redactedHeaders } from './logging-checks.js';

/** What other checks of the preflight tell, who ask AWS itself. */
const toldElsewhere: ReadonlySet<LintId> = new Set(['not-sampled', 'not-logged', 'id-redacted']);

/** One check for each thing that is wrong with the web ACL as AWS has it. */
export function lintChecks(facts: AwsFacts): readonly Check<AwsRecord>[] {
  const { acl, arn } = facts;
  if ('problem' in acl) return [];
  const source = { acl: acl.told, resources: noResources, format: 'web ACL of the API', file: arn.arn };
  const groups = describedGroups(facts);
  const isTold = ({ id, rule }: LintFinding) =>
    toldElsewhere.has(id) || (id === 'override-of-no-rule' && isDescribed(source, rule, groups));
  return checksOf(lintAcl(source, lintFacts(facts, groups)).filter((finding) => !isTold(finding)));
}

/** The same for a web ACL that is a file. */
export function lintChecksOfFile(source: AclSource): readonly Check<AwsRecord>[] {
  return checksOf(lintAcl(source, { correlationHeader, now: Date.now() }));
}

function checksOf(findings: readonly LintFinding[]): readonly Check<AwsRecord>[] {
  const title = 'The web ACL does what it says';
  const well = 'no rule, label or override is found that does nothing, or that lets anyone through';
  if (findings.length === 0) return [{ id: 'web-acl-lint', title, examine: () => fine(well) }];
  return findings.map((finding) => ({
    id: `lint-${finding.id}`,
    title,
    examine: () => doubtful(findingText(finding), finding.cure),
  }));
}

function lintFacts({ logging }: AwsFacts, groups: ReadonlyMap<string, DescribedGroup>): LintFacts {
  const told = 'told' in logging ? { logging: loggingFact(logging.told) } : {};
  return { groups, correlationHeader, now: Date.now(), ...told };
}

function loggingFact(logging: Parameters<typeof redactedHeaders>[0]): NonNullable<LintFacts['logging']> {
  return logging === undefined ? 'none' : { redactedHeaders: redactedHeaders(logging) };
}

/** Of a version that is gone AWS tells no rules. */
function describedGroups({ groups }: AwsFacts): ReadonlyMap<string, DescribedGroup> {
  const told = groups.flatMap((one) => ('told' in one && one.told.rules.length > 0 ? [one.told] : []));
  return new Map(
    told.map(({ group, version, rules }) => [
      `${group.vendor}#${group.name}`,
      { rules, ...(version !== undefined && { version }) },
    ]),
  );
}

function isDescribed(
  { acl }: AclSource,
  name: string | undefined,
  groups: ReadonlyMap<string, DescribedGroup>,
): boolean {
  return acl.rules.some(
    ({ name: own, statement }) =>
      own === name && statement.kind === 'managed-group' && groups.has(`${statement.vendor}#${statement.name}`),
  );
}
