import type { DialectNotes } from '../../../contract/dialect.js';
import type { Exclusion } from '../../../model/exclusion.js';
import type { ConfigurationSection } from '../../../model/report.js';
import { aclCapacity } from '../acl/capacity.js';
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

/** Capacity units that a web ACL may have, and those that are in its basic price (AWS WAF quotas and pricing). */
const mostUnits = 5000;
const basicUnits = 1500;

/** What the changes take of the capacity of the ACL. */
export function capacityText({ source: { acl, resources }, exclusions }: ChangeSet): string {
  const before = aclCapacity(acl, resources);
  const after = aclCapacity(planChanges(acl, exclusions).acl, resources);
  const more = after.units - before.units;
  const total = (acl.capacity ?? before.units) + more;
  const about = acl.capacity === undefined && (before.isEstimate || before.missing.length > 0) ? 'at least ' : '';
  const limit =
    total > mostUnits
      ? `MORE THAN THE ${mostUnits} that a web ACL may have`
      : total > basicUnits
        ? `above the ${basicUnits} that are in the basic price`
        : `of ${mostUnits}`;
  return `It takes ${more} capacity units (WCU) more, by our count: ${about}${total} ${limit}.`;
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
