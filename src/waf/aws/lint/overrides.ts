import { closest } from '../../../util/closest.js';
import type { ActionOverride } from '../acl/rule-action.js';
import type { AclStatement, ManagedGroup } from '../acl/statement.js';
import type { AclRule, AclSource } from '../acl/web-acl.js';
import { closestRule, findManagedGroup, findManagedRule } from '../managed/managed-groups.js';
import { quoted } from '../source/parts.js';
import type { LintFacts, LintFinding } from './finding.js';

/** Rules of candidates for a next version, which come and go. */
const candidate = /_RC_COUNT$/;

/** Overrides of rules that the group does not have: AWS takes them and does nothing. */
export function findDeadOverrides(source: AclSource, facts: LintFacts): readonly LintFinding[] {
  return source.acl.rules.flatMap((rule) => {
    const known = rulesOf(rule.statement, source, facts);
    if (known === undefined) return [];
    return overridesOf(rule.statement)
      .filter(({ rule: name }) => !known.has(name) && !candidate.test(name))
      .map(({ rule: name }) => deadOverride(rule, name, known));
  });
}

/** The old list of rules to exclude, which can only count. */
export function findExcludedRules({ acl }: AclSource): readonly LintFinding[] {
  return acl.rules.flatMap(({ name, place, statement }) => {
    const excluded = overridesOf(statement).filter(({ isExcludedRule }) => isExcludedRule === true);
    if (excluded.length === 0) return [];
    return [
      {
        id: 'excluded-rule' as const,
        severity: 'note' as const,
        place,
        rule: name,
        what: `ExcludedRules names ${excluded.map(({ rule }) => quoted(rule)).join(', ')}.`,
        consequence: 'AWS keeps this list for old web ACLs, and the Terraform provider no longer takes it.',
        cure: 'Name these rules in RuleActionOverrides, each with the action Count.',
      },
    ];
  });
}

function overridesOf(statement: AclStatement): readonly ActionOverride[] {
  return statement.kind === 'managed-group' || statement.kind === 'rule-group' ? statement.overrides : [];
}

/** The names of a group's rules, as AWS has told them, or else as they are published. */
function rulesOf(statement: AclStatement, { resources }: AclSource, facts: LintFacts): ReadonlySet<string> | undefined {
  if (statement.kind === 'rule-group') {
    const group = resources.ruleGroups.get(statement.ref);
    return group === undefined ? undefined : new Set(group.rules.map(({ name }) => name));
  }
  return statement.kind === 'managed-group' ? managedRulesOf(statement, facts) : undefined;
}

/** A version that is pinned may have rules that the default has no more. */
function managedRulesOf(statement: ManagedGroup, { groups }: LintFacts): ReadonlySet<string> | undefined {
  const described = groups?.get(`${statement.vendor}#${statement.name}`)?.rules;
  if (described !== undefined) return new Set(described);
  const group = findManagedGroup(statement.vendor, statement.name);
  const isThere = (age: string | undefined) =>
    age === undefined || (age === 'older' && statement.version !== undefined);
  return group && new Set(group.rules.filter(({ age }) => isThere(age)).map(({ name }) => name));
}

function deadOverride(rule: AclRule, name: string, known: ReadonlySet<string>): LintFinding {
  const group =
    rule.statement.kind === 'managed-group' ? findManagedGroup(rule.statement.vendor, rule.statement.name) : undefined;
  const meant = (group && closestRule(group, name)) ?? closest(name, known);
  const isOld = group !== undefined && findManagedRule(group, name) !== undefined;
  return {
    id: 'override-of-no-rule',
    severity: 'error',
    place: rule.place,
    rule: rule.name,
    what: `The override names ${quoted(name)}, and ${isOld ? 'only older versions of the group have such a rule' : 'the group has no such rule'}.`,
    consequence: 'AWS says nothing and does nothing: every rule of the group keeps its own action.',
    cure:
      meant === undefined
        ? 'Remove it, or name a rule of the group.'
        : `Name ${quoted(meant)}, if that is what was meant.`,
  };
}
