import type { CountAndReblock, Exclusion } from '../../../model/exclusion.js';
import { groupBy } from '../../../util/group-by.js';
import type { RuleAction } from '../acl/rule-action.js';
import type { AclStatement } from '../acl/statement.js';
import type { AclRule, WebAcl } from '../acl/web-acl.js';
import type { AclChange } from './acl-change.js';
import { makeRoom } from './make-room.js';
import { outsideAll } from './outside-all.js';
import { reblockName } from './reblock-name.js';
import { allOf, scopeStatement } from './scope-statement.js';

/** A web ACL with exclusions in force, and what was done to it. */
export interface ChangedAcl {
  readonly acl: WebAcl;
  readonly changes: readonly AclChange[];
}

/**
 * A web ACL with exclusions in force. Exclusions for one rule become one change: one more condition on the rule that
 * blocks again, or on the one that is narrowed. What is for a rule that the ACL does not have changes nothing.
 */
export function planChanges(acl: WebAcl, exclusions: readonly Exclusion[]): ChangedAcl {
  const byRule = groupBy(exclusions.filter(isOfAcl), ({ aclRule }) => aclRule);
  const changed = acl.rules.map((rule) => changeRule(rule, byRule.get(rule.name) ?? [], acl));
  const rules = changed.map(({ rule }) => rule);
  const room = makeRoom(
    rules,
    changed.map(({ rule, added }) => ({ after: rule.name, rules: added.map((one) => one.rule) })),
  );
  const placed = new Map(room.map((rule) => [rule.name, rule]));
  const moves = acl.rules.flatMap((rule): readonly AclChange[] => {
    const priority = placed.get(rule.name)?.priority ?? rule.priority;
    return priority === rule.priority ? [] : [{ kind: 'move', rule, priority }];
  });
  const additions = changed.flatMap(({ rule: after, added }) =>
    added.map(({ rule, exclusions: ids }): AclChange => {
      return { kind: 'add', rule: placed.get(rule.name) ?? rule, after, exclusions: ids };
    }),
  );
  return {
    acl: { ...acl, rules: room },
    changes: [...changed.flatMap(({ changes }) => changes), ...additions, ...moves],
  };
}

type AclExclusion = Extract<Exclusion, { readonly aclRule: string }>;

function isOfAcl(exclusion: Exclusion): exclusion is AclExclusion {
  return 'aclRule' in exclusion;
}

interface AddedRule {
  readonly rule: AclRule;
  readonly exclusions: readonly string[];
}

interface ChangedRule {
  readonly rule: AclRule;
  readonly added: readonly AddedRule[];
  readonly changes: readonly AclChange[];
}

function changeRule(rule: AclRule, exclusions: readonly AclExclusion[], acl: WebAcl): ChangedRule {
  let changed: ChangedRule = { rule, added: [], changes: [] };
  for (const step of [scopeDown, narrow, countOnly, countAndReblock]) changed = step(changed, exclusions, acl);
  return changed;
}

function countAndReblock(changed: ChangedRule, exclusions: readonly AclExclusion[], acl: WebAcl): ChangedRule {
  const own = exclusions.filter((one) => one.effect === 'count-and-reblock');
  return [...groupBy(own, ({ groupRule }) => groupRule)].reduce((sofar, [groupRule, group]) => {
    const counted = countInGroup(sofar.rule, groupRule);
    const reblock = reblockRule(changed.rule, group, acl);
    return {
      rule: counted,
      added: [
        ...sofar.added,
        ...(reblock === undefined ? [] : [{ rule: reblock, exclusions: group.map(({ id }) => id) }]),
      ],
      changes: [...sofar.changes, { kind: 'count', rule: changed.rule, groupRule }],
    };
  }, changed);
}

function countOnly(changed: ChangedRule, exclusions: readonly AclExclusion[]): ChangedRule {
  return exclusions
    .filter((one) => one.effect === 'count-only')
    .reduce(({ rule, added, changes }, { groupRule }) => {
      if (groupRule === undefined) {
        return { rule: { ...rule, action: counting }, added, changes: [...changes, { kind: 'count-rule', rule }] };
      }
      return { rule: countInGroup(rule, groupRule), added, changes: [...changes, { kind: 'count', rule, groupRule }] };
    }, changed);
}

function scopeDown(changed: ChangedRule, exclusions: readonly AclExclusion[]): ChangedRule {
  const { rule } = changed;
  const left = outsideAll(exclusions.filter(({ effect }) => effect === 'scope-down'));
  if (left.length === 0 || rule.statement.kind !== 'managed-group') return changed;
  const before = rule.statement.scopeDown;
  const statement = allOf([...(before === undefined ? [] : [before]), ...left]);
  return {
    ...changed,
    rule: { ...rule, statement: { ...rule.statement, scopeDown: statement } },
    changes: [...changed.changes, { kind: 'scope-down', rule, statement }],
  };
}

function narrow(changed: ChangedRule, exclusions: readonly AclExclusion[]): ChangedRule {
  const { rule } = changed;
  const left = outsideAll(exclusions.filter(({ effect }) => effect === 'narrow-rule'));
  if (left.length === 0) return changed;
  const statement = allOf([rule.statement, ...left]);
  return {
    ...changed,
    rule: { ...rule, statement },
    changes: [...changed.changes, { kind: 'statement', rule, statement }],
  };
}

const counting: RuleAction = { kind: 'count', insertHeaders: [] };

function countInGroup(rule: AclRule, groupRule: string): AclRule {
  const { statement } = rule;
  if (statement.kind !== 'managed-group' && statement.kind !== 'rule-group') return rule;
  const overrides = statement.overrides.filter((one) => one.rule !== groupRule);
  return { ...rule, statement: { ...statement, overrides: [...overrides, { rule: groupRule, action: counting }] } };
}

/** Blocks what has the label of a rule that counts only, as the rule did, but for the scopes. */
function reblockRule(
  group: AclRule,
  exclusions: readonly CountAndReblockExclusion[],
  acl: WebAcl,
): AclRule | undefined {
  const [first] = exclusions;
  if (first === undefined || exclusions.some(({ scope }) => scopeStatement(scope) === undefined)) return undefined;
  const label: AclStatement = { kind: 'label', scope: 'LABEL', key: first.label };
  const name = reblockName(group.name, first.groupRule, acl);
  return {
    name,
    priority: 0,
    statement: allOf([label, ...outsideAll(exclusions)]),
    action: actionOf(group, first.groupRule),
    labels: [],
    visibility: { metric: name, sampled: true },
    place: '',
  };
}

type CountAndReblockExclusion = Extract<Exclusion, CountAndReblock>;

/** What the rule did so far, where the ACL says so; a rule of a managed group blocks. */
function actionOf({ statement }: AclRule, groupRule: string): RuleAction {
  const overrides = 'overrides' in statement ? statement.overrides : [];
  const overridden = overrides.find(({ rule }) => rule === groupRule)?.action;
  return overridden === undefined || overridden.kind === 'count' ? { kind: 'block' } : overridden;
}
