import type { ActionOverride, RuleAction } from '../acl/rule-action.js';
import type { AclRule, OwnRuleGroup } from '../acl/web-acl.js';
import { type CompiledRule, compilePlainRule } from './compile-rule.js';
import type { StatementSurroundings } from './compile-statement.js';
import { finalActions } from './decision.js';
import type { AclEvaluation } from './evaluation.js';
import { ruleGroupPrefix } from './labels.js';

const noAction: RuleAction = { kind: 'unknown', why: 'its rule has no action' };

/** A reference to a group of one's own. */
export function compileOwnGroup(
  reference: AclRule,
  { ref, overrides }: { readonly ref: string; readonly overrides: readonly ActionOverride[] },
  surroundings: StatementSurroundings,
  account: string | undefined,
): CompiledRule {
  const group = surroundings.resources.ruleGroups.get(ref);
  if (group === undefined) return missingGroup(reference, ref);
  const labelPrefix = group.labelNamespace ?? ruleGroupPrefix(accountOf(ref) ?? account, group.name);
  const rules = inOrder(group).map((rule) => {
    const action = overridden(rule.name, overrides) ?? rule.action ?? noAction;
    return compilePlainRule({ rule, name: `${group.name}#${rule.name}`, action }, { ...surroundings, labelPrefix });
  });
  return withOverride(reference, (evaluation) => firstEnding(rules, evaluation));
}

/** The account of an ARN. */
function accountOf(arn: string): string | undefined {
  const account = arn.split(':')[4];
  return account !== undefined && /^\d{12}$/.test(account) ? account : undefined;
}

function inOrder({ rules }: OwnRuleGroup): readonly AclRule[] {
  return [...rules].sort((one, other) => one.priority - other.priority);
}

/** What takes the place of a rule's own action; names are told apart by case, as AWS does. */
export function overridden(rule: string, overrides: readonly ActionOverride[]): RuleAction | undefined {
  return overrides.find((override) => override.rule === rule)?.action;
}

function firstEnding(rules: readonly CompiledRule[], evaluation: AclEvaluation) {
  for (const rule of rules) {
    const ending = rule(evaluation);
    if (ending !== undefined) return ending;
  }
  return undefined;
}

function missingGroup({ name, override }: AclRule, ref: string): CompiledRule {
  const undecided = { statement: `the group of rules ${ref}`, why: 'its rules are not given' };
  return (evaluation) => {
    if (override !== 'count') evaluation.mayEnd(name, finalActions, undecided);
    evaluation.label([], [{ prefix: 'awswaf:', isExcluded: isForeign, undecided }]);
    return undefined;
  };
}

/** Labels of managed groups and of the ACL itself come from other rules. */
function isForeign(label: string): boolean {
  return !label.includes(':rulegroup:');
}

/** What the reference does with what its group comes to. */
export function withOverride({ name, override }: AclRule, group: CompiledRule): CompiledRule {
  if (override === 'count')
    return (evaluation) => {
      const ending = evaluation.countingOnly(() => group(evaluation));
      if (ending === undefined) return undefined;
      evaluation.count(name, []);
      evaluation.endedInVain.push({ ending, aclRule: name });
      return undefined;
    };
  if (override !== 'unknown') return group;
  return (evaluation) => {
    const ending = group(evaluation);
    const why = 'what is done with what its group decides is known at deployment only';
    if (ending !== undefined) evaluation.mayEnd(name, [ending.action], { statement: 'an override', why });
    return undefined;
  };
}
