import type { AclRule, AclSource } from '../acl/web-acl.js';
import { findManagedGroup } from '../managed/managed-groups.js';
import type { ManagedRuleGroup } from '../managed/managed-rule.js';
import { withInner } from './statements.js';

/** A rule that sets labels, as far as it can be told which. */
export interface LabelSetter {
  readonly rule: AclRule;
  /** In full where the namespace is known, and otherwise as they are written. */
  readonly labels: readonly string[];
  /** It may set others too. */
  readonly mayMore: boolean;
  /** The published group whose labels these are. */
  readonly group?: ManagedRuleGroup;
}

/** What each rule of a web ACL puts on requests. */
export function labelSetters({ acl, resources }: AclSource): readonly LabelSetter[] {
  return acl.rules.map((rule): LabelSetter => {
    const { statement } = rule;
    if (statement.kind === 'managed-group') return { rule, ...managedLabels(statement.vendor, statement.name) };
    if (statement.kind === 'rule-group') {
      const group = resources.ruleGroups.get(statement.ref);
      const labels = group?.rules.flatMap((inner) => inner.labels) ?? [];
      const mayMore = group?.rules.some((inner) => inner.hasUnknownLabels === true) ?? true;
      return { rule, labels: labels.map((label) => `${group?.labelNamespace ?? ''}${label}`), mayMore };
    }
    const own = rule.labels.map((label) => `${acl.labelNamespace ?? ''}${label}`);
    return { rule, labels: own, mayMore: rule.hasUnknownLabels === true };
  });
}

/** Whether any rule of the web ACL asks for a country, which labels every request with it. */
export function asksForCountry({ acl, resources }: AclSource): boolean {
  const groups = acl.rules.map(({ statement }) =>
    statement.kind === 'rule-group' ? resources.ruleGroups.get(statement.ref) : undefined,
  );
  const rules = [...acl.rules, ...groups.flatMap((group) => group?.rules ?? [])];
  return rules.some(({ statement }) => withInner(statement).some(({ kind }) => kind === 'geo'));
}

function managedLabels(vendor: string, name: string): Omit<LabelSetter, 'rule'> {
  const group = findManagedGroup(vendor, name);
  if (group === undefined) return { labels: [], mayMore: true };
  const labels = group.rules.flatMap(({ label, otherLabels }) => [label, ...otherLabels]);
  return { labels, mayMore: !group.hasOnlyListedLabels, group };
}
