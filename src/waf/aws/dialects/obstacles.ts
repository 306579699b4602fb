import type { Exclusion } from '../../../model/exclusion.js';
import type { AclStatement } from '../acl/statement.js';
import type { AclSource } from '../acl/web-acl.js';
import type { AclChange } from '../changes/acl-change.js';
import { statementOf } from '../changes/outside-all.js';
import { planChanges } from '../changes/plan-changes.js';
import { nesting, unknownIn } from './nesting.js';

/** How many logical statements a dialect can spell in one another, in a rule and in a scope-down statement. */
interface Deepest {
  readonly rule: number;
  readonly scopeDown: number;
}

/** Longest `SearchString` and `RegexString`, in bytes (AWS WAF quotas). */
const longestText = 200;

/**
 * Why an exclusion cannot be written for a web ACL, in whatever dialect; nothing where it can.
 */
export function changeObstacle(
  exclusion: Exclusion,
  { acl }: AclSource,
  deepest: Deepest = { rule: Number.POSITIVE_INFINITY, scopeDown: Number.POSITIVE_INFINITY },
): string | undefined {
  const { method, path } = exclusion.scope;
  const long = [method, path].find((text) => text !== undefined && Buffer.byteLength(text) > longestText);
  if (long !== undefined)
    return `AWS WAF compares texts of up to ${longestText} bytes, and ${long.slice(0, 40)}… is longer`;
  const { changes } = planChanges(acl, [exclusion]);
  if (changes.length === 0) return 'the web ACL has no such rule';
  if (changes.some(({ rule, kind }) => kind !== 'add' && rule.priority < 0)) {
    return 'which place the rule has among the others is known at deployment only';
  }
  return changes.map((change) => statementObstacle(change, deepest)).find((why) => why !== undefined);
}

function statementObstacle(change: AclChange, deepest: Deepest): string | undefined {
  const statement = writtenIn(change);
  if (statement === undefined) return undefined;
  const why = unknownIn(statement);
  if (why !== undefined) return `rule ${change.rule.name} cannot be written again: ${why}`;
  const most = change.kind === 'scope-down' ? deepest.scopeDown : deepest.rule;
  const needed = nesting(statement);
  return needed > most ? `it takes ${needed} logical statements in one another, and ${most} can be written` : undefined;
}

function writtenIn(change: AclChange): AclStatement | undefined {
  return 'matching' in change ? statementOf(change.matching) : undefined;
}
