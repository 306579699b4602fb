import { isGroupReference } from '../rule-names.js';
import type { SeenGroup, SeenRule } from './rule-groups.js';

/** What a record says of the rule with which the web ACL ended. */
export interface Ending {
  /** `terminatingRuleId`: a rule of the web ACL, which may refer to a group. */
  readonly aclRule: string;
  /** `terminatingRuleType`; empty where it is missing. */
  readonly type: string;
  /** `BLOCK`, `ALLOW`, … */
  readonly action: string;
  readonly groups: readonly SeenGroup[];
  /** Rules of the web ACL that counted, references to groups among them. */
  readonly counted: readonly SeenRule[];
  /** The group to which `aclRule` refers, where the web ACL is known. */
  readonly group?: string | undefined;
}

const groupTypes = ['GROUP', 'MANAGED_RULE_GROUP'];

/** A group that ended, and the rule in it that did. */
export interface EndingGroup {
  readonly group: SeenGroup;
  readonly rule: SeenRule;
}

/**
 * What ended the web ACL.
 * - `in-group`: a rule of a group.
 * - `in-unknown-group`: the web ACL's rule refers to a group, and nothing tells which rule of it.
 * - `own`: a rule of the web ACL, or its default action.
 */
export type Ended =
  | ({ readonly kind: 'in-group' } & EndingGroup)
  | { readonly kind: 'in-unknown-group' }
  | { readonly kind: 'own' };

/**
 * Finds the rule that ended the web ACL. A group that the web ACL overrides to Count ends with its own rule all the same,
 * so an ended group is not yet the one.
 */
export function endedBy(ending: Ending): Ended {
  const ended = ending.groups.flatMap((group) =>
    group.terminating === undefined ? [] : [{ group, rule: group.terminating }],
  );
  const found = isOfGroup(ending, ended) ? pick(ending, ended) : undefined;
  if (found !== undefined) return { kind: 'in-group', ...found };
  const refersToGroup = ending.group !== undefined || groupTypes.includes(ending.type);
  const looksSo = ending.type === '' && isGroupReference(ending.aclRule);
  return refersToGroup || looksSo ? { kind: 'in-unknown-group' } : { kind: 'own' };
}

function isOfGroup({ type, aclRule, counted, group: known }: Ending, ended: readonly EndingGroup[]): boolean {
  if (known !== undefined || groupTypes.includes(type)) return true;
  if (type !== '') return false;
  // Each group that only counts has its reference among the rules that counted.
  return ended.some(({ group }) => isNamed(aclRule, group)) || ended.length > counted.filter(isCount).length;
}

function isCount({ action }: SeenRule): boolean {
  return action === 'COUNT';
}

/** Of several, the one whose name the reference has in it, else the one that was evaluated last: nothing comes after it. */
function pick(ending: Ending, ended: readonly EndingGroup[]): EndingGroup | undefined {
  if (ending.group !== undefined) return ended.find(({ group }) => group.name === ending.group);
  const mayBe = ended.filter(({ rule }) => mayEnd(ending.action, rule.action));
  const same = mayBe.filter(({ rule }) => rule.action === ending.action);
  const fitting = ofType(ending, same.length > 0 ? same : mayBe);
  return fitting.find(({ group }) => isNamed(ending.aclRule, group)) ?? fitting.at(-1);
}

function mayEnd(action: string, inner: string): boolean {
  if (inner === '') return true;
  return action === 'ALLOW' ? inner === 'ALLOW' : inner !== 'ALLOW' && inner !== 'COUNT';
}

/** Where no group only counts, one that ended is the one, whatever its id looks like. */
function ofType({ type, counted }: Ending, ended: readonly EndingGroup[]): readonly EndingGroup[] {
  const fitting = ended.filter(({ group }) => type === '' || group.isManaged === (type === 'MANAGED_RULE_GROUP'));
  return fitting.length === 0 && !counted.some(isCount) ? ended : fitting;
}

function isNamed(aclRule: string, { name }: SeenGroup): boolean {
  const short = name.slice(name.indexOf('#') + 1);
  return aclRule.includes(short);
}
