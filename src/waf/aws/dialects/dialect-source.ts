import type { DialectNotes } from '../../../contract/dialect.js';
import type { Exclusion } from '../../../model/exclusion.js';
import type { ConfigurationSection } from '../../../model/report.js';
import type { AclSource } from '../acl/web-acl.js';
import type { AclChange } from '../changes/acl-change.js';
import { planChanges } from '../changes/plan-changes.js';

/** What a dialect writes from: the ACL as it is, what is to be done to it, and for which exclusions. */
export interface ChangeSet {
  readonly source: AclSource;
  readonly changes: readonly AclChange[];
  readonly exclusions: readonly Exclusion[];
  readonly notes: DialectNotes;
}

export function changeSet(source: AclSource, exclusions: readonly Exclusion[], notes: DialectNotes): ChangeSet {
  return { source, changes: planChanges(source.acl, exclusions).changes, exclusions, notes };
}

/** The exclusions that a change is for. */
export function servedBy(change: AclChange, exclusions: readonly Exclusion[]): readonly Exclusion[] {
  return exclusions.filter((one) => isFor(change, one));
}

function isFor(change: AclChange, exclusion: Exclusion): boolean {
  switch (exclusion.effect) {
    case 'count-and-reblock':
      return change.kind === 'add'
        ? change.exclusions.includes(exclusion.id)
        : change.kind === 'count' && isRuleOf(change, exclusion);
    case 'count-only':
      return (change.kind === 'count' || change.kind === 'count-rule') && isRuleOf(change, exclusion);
    case 'scope-down':
      return change.kind === 'scope-down' && change.rule.name === exclusion.aclRule;
    case 'narrow-rule':
      return change.kind === 'statement' && change.rule.name === exclusion.aclRule;
    default:
      return false;
  }
}

function isRuleOf(
  change: AclChange,
  { aclRule, groupRule }: { readonly aclRule: string; readonly groupRule?: string },
) {
  return change.rule.name === aclRule && (change.kind === 'count' ? change.groupRule : undefined) === groupRule;
}

/** Lines of a file, with what each block of them serves. */
export interface ServingBlock {
  readonly serves: readonly Exclusion[];
  readonly lines: readonly string[];
}

/** A file of blocks, an empty line apart, and where each of them stands. */
export function fileOf(
  name: string,
  head: readonly string[],
  blocks: readonly ServingBlock[],
): { readonly content: string; readonly sections: readonly ConfigurationSection[] } {
  const lines: string[] = [...head];
  const sections: ConfigurationSection[] = [];
  for (const { serves, lines: own } of blocks) {
    if (lines.length > 0) lines.push('');
    const from = lines.length + 1;
    lines.push(...own);
    const scopes = new Map(serves.map(({ scope }) => [JSON.stringify([scope.method, scope.path]), scope]));
    sections.push(...[...scopes.values()].map((scope) => ({ scope, file: name, from, to: lines.length })));
  }
  return { content: `${lines.join('\n')}\n`, sections };
}
