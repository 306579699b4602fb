import { type ExclusionIds, exclusionIds } from '../../../model/draft.js';
import type { CountAndReblock, Exclusion } from '../../../model/exclusion.js';
import type { RuleAction } from '../acl/rule-action.js';
import type { AclStatement } from '../acl/statement.js';
import type { AclRule } from '../acl/web-acl.js';
import type { Narrowed } from './acl-change.js';
import { type AclExclusion, inGroups } from './acl-exclusion.js';
import { outsideAll, statementOf } from './outside-all.js';
import { reblockName } from './reblock-name.js';
import { scopeStatement } from './scope-statement.js';

/** A rule that is new. */
export interface AddedRule {
  readonly rule: AclRule;
  readonly matching: Narrowed;
  readonly exclusions: ExclusionIds;
}

/**
 * Rules that block again what rules of a group only count: none where one is to count whatever the request.
 * @param names of all rules; those of the new ones are put there
 */
export function reblockRules(
  group: AclRule,
  exclusions: readonly AclExclusion[],
  names: Set<string>,
): readonly AddedRule[] {
  return [...inGroups(exclusions).values()].flatMap((own) => {
    const labelled = own.filter((one) => one.effect === 'count-and-reblock');
    if (labelled.length < own.length || labelled.some(isForAll)) return [];
    return reblockRule(group, labelled, names);
  });
}

type CountAndReblockExclusion = Extract<Exclusion, CountAndReblock>;

/** Of an exclusion that is for every request nothing is left to be blocked. */
export function isForAll({ scope }: Exclusion): boolean {
  return scopeStatement(scope) === undefined;
}

/** Blocks what has the label of a rule that counts only, as the rule did, but for the scopes. */
function reblockRule(
  group: AclRule,
  exclusions: readonly CountAndReblockExclusion[],
  names: Set<string>,
): readonly AddedRule[] {
  const [first] = exclusions;
  if (first === undefined) return [];
  const label: AclStatement = { kind: 'label', scope: 'LABEL', key: first.label };
  const name = reblockName(group.name, first.groupRule, names);
  names.add(name);
  const matching = { always: [label], conditions: outsideAll(exclusions) };
  const rule: AclRule = {
    name,
    priority: 0,
    statement: statementOf(matching),
    action: actionOf(group, first.groupRule),
    labels: [],
    visibility: { metric: name, sampled: true },
    place: '',
  };
  return [{ rule, matching, exclusions: exclusionIds(exclusions) }];
}

/** What the rule did so far, where the ACL says so; a rule of a managed group blocks. */
function actionOf({ statement }: AclRule, groupRule: string): RuleAction {
  const overrides = 'overrides' in statement ? statement.overrides : [];
  const overridden = overrides.find(({ rule }) => rule === groupRule)?.action;
  return overridden === undefined || overridden.kind === 'count' ? { kind: 'block' } : overridden;
}
