import { type ApiObject, actionToApi, ruleToApi, statementToApi } from '../acl/write-api.js';
import type { AclChange, Narrowed } from '../changes/acl-change.js';
import { allOf } from '../changes/scope-statement.js';
import { type ApiDraft, type ApiDraftObject, whereAny, whereSeveral } from './api-draft.js';

/**
 * A change as the part of a rule that it is: the rule's name, and nested in what it stands in, what is new. An added rule is
 * there as a whole.
 */
export function changeToApi(change: AclChange): ApiDraftObject {
  const { rule } = change;
  switch (change.kind) {
    case 'add':
      return addedRule(change);
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
      return { Name: rule.name, Statement: inGroup(change, { ScopeDownStatement: narrowedToApi(change.matching) }) };
    case 'statement':
      return { Name: rule.name, Statement: narrowedToApi(change.matching) };
  }
}

/** A rule that is new, with those conditions that the choice asks for. */
export function addedRule({ rule, matching }: Extract<AclChange, { readonly kind: 'add' }>): ApiDraftObject {
  return { ...ruleToApi(rule), Statement: narrowedToApi(matching) };
}

/** A statement with those of its conditions that the choice asks for; it is written where any of them is there. */
export function narrowedToApi({ always, conditions }: Narrowed): ApiDraft {
  const before = always.length === 0 ? undefined : allOf(always);
  const fixed = before === undefined ? [] : before.kind === 'and' ? before.statements : [before];
  const chosen = conditions.map(({ statement, exclusions }) => whereAny(exclusions, statementToApi(statement)));
  const all = { AndStatement: { Statements: [...fixed.map(statementToApi), ...chosen] } };
  const [only, ...more] = conditions;
  if (fixed.length > 0 || only === undefined) return all;
  if (more.length === 0) return statementToApi(only.statement);
  return whereSeveral(
    conditions.map(({ exclusions }) => exclusions),
    all,
    firstChosen(conditions),
  );
}

/** Of conditions of which one is there, that one. */
function firstChosen([first, ...rest]: Narrowed['conditions']): ApiDraft {
  if (first === undefined) return {};
  const statement = statementToApi(first.statement);
  return rest.length === 0 ? statement : whereAny(first.exclusions, statement, firstChosen(rest));
}

/** An override that lets a rule of a group count only. */
export function countOverride(groupRule: string): ApiObject {
  return { Name: groupRule, ActionToUse: actionToApi({ kind: 'count', insertHeaders: [] }) };
}

/** The key of the statement that brings a group in. */
export function groupKey({ rule }: AclChange): 'ManagedRuleGroupStatement' | 'RuleGroupReferenceStatement' {
  return rule.statement.kind === 'rule-group' ? 'RuleGroupReferenceStatement' : 'ManagedRuleGroupStatement';
}

function inGroup(change: AclChange, inner: ApiDraftObject): ApiDraftObject {
  return { [groupKey(change)]: inner };
}
