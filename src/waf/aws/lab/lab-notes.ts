import { counted } from '../../../util/counted.js';
import { nameSome } from '../../../util/name-some.js';
import type { AclStatement } from '../acl/statement.js';
import type { AclSource, Front } from '../acl/web-acl.js';
import type { Approximation } from './approximations.js';

/** What runs there, in a line. */
export function summaryOf({ acl, format }: AclSource, front: Front): string {
  const name = acl.name === '' ? format : `web ACL ${acl.name}`;
  return `AWS WAF evaluated by Wafproof, ${name}, ${counted(acl.rules.length, 'rule')}, answers as ${front}`;
}

/**
 * What in the lab is not AWS's, in sentences: the rules of managed groups are not published.
 * @param file the user's file of approximations; without it, they are the built-in ones
 */
export function approximationNotes(
  { acl, resources }: AclSource,
  approximations: readonly Approximation[],
  file: string | undefined,
): readonly string[] {
  const groups = acl.rules.flatMap(({ statement }) =>
    statement.kind === 'managed-group' ? [`${statement.vendor}#${statement.name}`] : [],
  );
  const has = (group: string) => approximations.some(({ rule }) => rule.startsWith(`${group}#`));
  const approximated = groups.filter(has);
  const others = groups.filter((group) => !has(group));
  const own = [...acl.rules, ...[...resources.ruleGroups.values()].flatMap(({ rules }) => rules)];
  const whose = file === undefined ? 'built-in approximations' : `the approximations of ${file}`;
  return [
    ...(approximated.length > 0
      ? [
          `${nameSome(approximated)}: ${whose}, which are not the rules of AWS; its other rules match nothing, unless their criteria are documented`,
        ]
      : []),
    ...(others.length > 0
      ? [
          `${nameSome(others)}: nothing stands in for its rules; they match nothing, unless their criteria are documented`,
        ]
      : []),
    ...(own.some(({ statement }) => hasDetector(statement))
      ? ['SQL injection and scripts in your own rules are found by built-in approximations, not as AWS finds them']
      : []),
    ...(own.some(({ statement }) => statement.kind === 'rate' && statement.aggregate === 'CUSTOM_KEYS')
      ? ['rate rules that count by keys of their own never act here']
      : []),
  ];
}

function hasDetector(statement: AclStatement): boolean {
  switch (statement.kind) {
    case 'sqli':
    case 'xss':
      return true;
    case 'and':
    case 'or':
      return statement.statements.some(hasDetector);
    case 'not':
      return hasDetector(statement.statement);
    case 'rate':
    case 'managed-group':
      return statement.scopeDown !== undefined && hasDetector(statement.scopeDown);
    default:
      return false;
  }
}
