import { type ApiObject, actionToApi, ruleToApi, statementToApi } from '../acl/write-api.js';
import type { AclChange } from '../changes/acl-change.js';

/**
 * A change as the part of a rule that it is: the rule's name, and nested in what it stands in, what is new. An added rule is
 * there as a whole.
 */
export function changeToApi(change: AclChange): ApiObject {
  const { rule } = change;
  switch (change.kind) {
    case 'add':
      return ruleToApi(rule);
    case 'move':
      return { Name: rule.name, Priority: change.priority };
    case 'count-rule':
      return { Name: rule.name, Action: { Count: {} } };
    case 'count':
      return {
        Name: rule.name,
        Statement: inGroup(change, { RuleActionOverrides: [countOverride(change.groupRule)] }),
      };
    case 'scope-down':
      return { Name: rule.name, Statement: inGroup(change, { ScopeDownStatement: statementToApi(change.statement) }) };
    case 'statement':
      return { Name: rule.name, Statement: statementToApi(change.statement) };
  }
}

/** An override that lets a rule of a group count only. */
export function countOverride(groupRule: string): ApiObject {
  return { Name: groupRule, ActionToUse: actionToApi({ kind: 'count', insertHeaders: [] }) };
}

/** The key of the statement that brings a group in. */
export function groupKey({ rule }: AclChange): 'ManagedRuleGroupStatement' | 'RuleGroupReferenceStatement' {
  return rule.statement.kind === 'rule-group' ? 'RuleGroupReferenceStatement' : 'ManagedRuleGroupStatement';
}

function inGroup(change: AclChange, inner: ApiObject): ApiObject {
  return { [groupKey(change)]: inner };
}
