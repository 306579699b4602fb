import { exclusionIds } from '../../../model/draft.js';
import type { Exclusion } from '../../../model/exclusion.js';
import { groupBy } from '../../../util/group-by.js';
import type { RuleAction } from '../acl/rule-action.js';
import type { AclRule, WebAcl } from '../acl/web-acl.js';
import type { AclChange } from './acl-change.js';
import { type AclExclusion, inGroups, isOfAcl } from './acl-exclusion.js';
import { makeRoom } from './make-room.js';
import { outsideAll, statementOf } from './outside-all.js';
import { type AddedRule, reblockRules } from './reblock-rules.js';

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
  const names = new Set(acl.rules.map(({ name }) => name));
  const changed = acl.rules.map((rule) => changeRule(rule, byRule.get(rule.name) ?? [], names));
  const room = makeRoom(
    changed.map(({ rule }) => rule),
    changed.map(({ rule, added }) => ({ after: rule.name, rules: added.map((one) => one.rule) })),
  );
  const placed = new Map(room.map((rule) => [rule.name, rule]));
  const additions = changed.flatMap(({ rule: after, added }) =>
    added.map((one): AclChange => ({ kind: 'add', ...one, rule: placed.get(one.rule.name) ?? one.rule, after })),
  );
  return {
    acl: { ...acl, rules: room },
    changes: [...changed.flatMap(({ changes }) => changes), ...additions, ...movesIn(room, acl.rules, additions)],
  };
}

/** Rules that make room: each for the new ones before it, up to a number that is free. */
function movesIn(room: readonly AclRule[], before: readonly AclRule[], additions: readonly AclChange[]) {
  const was = new Map(before.map((rule) => [rule.name, rule]));
  const newOnes = new Map(additions.map((one) => [one.rule.name, one.exclusions]));
  const moves: AclChange[] = [];
  let pushing: readonly string[] = [];
  for (const { name, priority } of room) {
    const rule = was.get(name);
    if (rule === undefined) pushing = [...pushing, ...(newOnes.get(name) ?? [])];
    else if (rule.priority === priority) pushing = [];
    else moves.push({ kind: 'move', rule, priority, exclusions: exclusionIds(pushing.map((id) => ({ id }))) });
  }
  return moves;
}

interface ChangedRule {
  readonly rule: AclRule;
  readonly added: readonly AddedRule[];
  readonly changes: readonly AclChange[];
}

function changeRule(rule: AclRule, exclusions: readonly AclExclusion[], names: Set<string>): ChangedRule {
  let changed: ChangedRule = { rule, added: [], changes: [] };
  for (const step of [scopeDown, narrow, countOnly, countInGroups]) changed = step(changed, exclusions);
  return { ...changed, added: reblockRules(rule, exclusions, names) };
}

function scopeDown(changed: ChangedRule, exclusions: readonly AclExclusion[]): ChangedRule {
  const { rule } = changed;
  const own = exclusions.filter(({ effect }) => effect === 'scope-down');
  const conditions = outsideAll(own);
  if (conditions.length === 0 || rule.statement.kind !== 'managed-group') return changed;
  const before = rule.statement.scopeDown;
  const matching = { always: before === undefined ? [] : [before], conditions };
  return {
    ...changed,
    rule: { ...rule, statement: { ...rule.statement, scopeDown: statementOf(matching) } },
    changes: [...changed.changes, { kind: 'scope-down', rule, matching, exclusions: exclusionIds(own) }],
  };
}

function narrow(changed: ChangedRule, exclusions: readonly AclExclusion[]): ChangedRule {
  const { rule } = changed;
  const own = exclusions.filter(({ effect }) => effect === 'narrow-rule');
  const conditions = outsideAll(own);
  if (conditions.length === 0) return changed;
  const matching = { always: [rule.statement], conditions };
  return {
    ...changed,
    rule: { ...rule, statement: statementOf(matching) },
    changes: [...changed.changes, { kind: 'statement', rule, matching, exclusions: exclusionIds(own) }],
  };
}

function countOnly(changed: ChangedRule, exclusions: readonly AclExclusion[]): ChangedRule {
  const own = exclusions.filter((one) => one.effect === 'count-only' && one.groupRule === undefined);
  if (own.length === 0) return changed;
  const { rule, changes } = changed;
  return {
    ...changed,
    rule: { ...rule, action: counting },
    changes: [...changes, { kind: 'count-rule', rule, exclusions: exclusionIds(own) }],
  };
}

function countInGroups(changed: ChangedRule, exclusions: readonly AclExclusion[]): ChangedRule {
  return [...inGroups(exclusions)].reduce(
    ({ rule, added, changes }, [groupRule, own]) => ({
      rule: countInGroup(rule, groupRule),
      added,
      changes: [...changes, { kind: 'count', rule, groupRule, exclusions: exclusionIds(own) }],
    }),
    changed,
  );
}

const counting: RuleAction = { kind: 'count', insertHeaders: [] };

function countInGroup(rule: AclRule, groupRule: string): AclRule {
  const { statement } = rule;
  if (statement.kind !== 'managed-group' && statement.kind !== 'rule-group') return rule;
  const overrides = statement.overrides.filter((one) => one.rule !== groupRule);
  return { ...rule, statement: { ...statement, overrides: [...overrides, { rule: groupRule, action: counting }] } };
}
