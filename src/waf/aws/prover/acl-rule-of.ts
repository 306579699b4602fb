import type { RuleId } from '../../../model/evidence.js';
import type { AclRule, AclSource, OwnRuleGroup } from '../acl/web-acl.js';
import { ruleGroupPrefix } from '../evaluate/labels.js';
import { findManagedGroup, findManagedRule } from '../managed/managed-groups.js';
import type { ManagedRule } from '../managed/managed-rule.js';

/** A rule that refused a request, as the web ACL has it. */
export type RuleInAcl =
  /** A rule of the ACL itself. */
  | { readonly kind: 'own'; readonly rule: AclRule }
  /** A rule of a group that the ACL refers to. */
  | {
      readonly kind: 'in-group';
      /** The reference. */
      readonly rule: AclRule;
      readonly groupRule: string;
      /** In full; absent where the rule sets none, or none that is known. */
      readonly label?: string;
      /** What is published of it. */
      readonly managed?: ManagedRule;
    };

/**
 * Finds the rule that a log or the evaluator names: `rule`, `group#rule`, `AWS#group#rule`. Where several rules of the ACL bring
 * in the same group, it is the first one that is asked.
 * @returns nothing where the ACL has no such rule
 */
export function aclRuleOf(ruleId: RuleId, { acl, resources }: AclSource): RuleInAcl | undefined {
  const name = String(ruleId);
  const own = acl.rules.find((rule) => rule.name === name);
  if (own !== undefined) return { kind: 'own', rule: own };
  const at = name.lastIndexOf('#');
  const [group, groupRule] = [name.slice(0, at), name.slice(at + 1)];
  for (const rule of acl.rules) {
    const { statement } = rule;
    if (statement.kind === 'managed-group' && `${statement.vendor}#${statement.name}` === group) {
      const known = findManagedGroup(statement.vendor, statement.name);
      const managed = known && findManagedRule(known, groupRule);
      return { kind: 'in-group', rule, groupRule, ...(managed !== undefined && { managed, label: managed.label }) };
    }
    if (statement.kind === 'rule-group') {
      const given = resources.ruleGroups.get(statement.ref);
      if (given?.name === group) {
        const label = labelOf(given, groupRule, statement.ref);
        return { kind: 'in-group', rule, groupRule, ...(label !== undefined && { label }) };
      }
    }
  }
  return undefined;
}

/** The first label of a rule of one's own group, with what AWS puts before it. */
function labelOf(group: OwnRuleGroup, groupRule: string, ref: string): string | undefined {
  const [first] = group.rules.find(({ name }) => name === groupRule)?.labels ?? [];
  const account = ref.split(':')[4];
  const prefix = group.labelNamespace ?? ruleGroupPrefix(account === '' ? undefined : account, group.name);
  return first === undefined ? undefined : `${prefix}${first}`;
}
