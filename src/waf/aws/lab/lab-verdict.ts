import type { Pair } from '../../../model/request.js';
import type { ActionOverride } from '../acl/rule-action.js';
import type { AclRule, AclSource } from '../acl/web-acl.js';
import type { AclAnswer } from '../evaluate/decision.js';
import type { InspectedRequest } from '../evaluate/inspected-request.js';
import { findManagedGroup, findManagedRule } from '../managed/managed-groups.js';

/** What became of one request in the lab, for the log and for samples. */
export interface LabVerdict {
  /** In milliseconds since 1970. */
  readonly at: number;
  readonly source: Pick<AclSource, 'acl' | 'resources'>;
  readonly request: InspectedRequest;
  /** As they were sent. */
  readonly headers: readonly Pair[];
  readonly answer: AclAnswer;
  /** How the front names the request. */
  readonly requestId: string;
  /** The status, where the web ACL sends one of its own. */
  readonly responseCode?: number;
}

/** A rule of a group that matched, and what it does by itself where the web ACL has it do something else. */
export interface MatchedRule {
  readonly ruleId: string;
  /** As logs spell it: `BLOCK`. */
  readonly action: string;
  readonly overriddenAction?: string;
}

/** A group that was evaluated. */
export interface EvaluatedGroup {
  readonly aclRule: string;
  /** As logs have it: an ARN, `AWS#Group`, or `AWS#Group#Version_1.0`. */
  readonly id: string;
  /** As samples have it: `Group`, or `AWS#Group`. */
  readonly name: string;
  readonly terminating?: MatchedRule;
  readonly counted: readonly MatchedRule[];
  /** Those of the old list of exceptions that counted. */
  readonly excluded: readonly string[];
}

/** The rules of the web ACL that a request came to, in order. */
export function rulesReached({ source: { acl }, answer }: LabVerdict): readonly AclRule[] {
  const rules = [...acl.rules].sort((one, other) => one.priority - other.priority);
  const last = rules.findIndex(({ name }) => name === answer.presumed.aclRule);
  return last < 0 ? rules : rules.slice(0, last + 1);
}

/** The groups that a request came to, in order. */
export function groupsReached(verdict: LabVerdict): readonly EvaluatedGroup[] {
  return rulesReached(verdict).flatMap((rule) => {
    const group = groupOf(rule, verdict);
    return group === undefined ? [] : [evaluated(rule, group, verdict.answer)];
  });
}

interface Group {
  readonly id: string;
  readonly name: string;
  readonly overrides: readonly ActionOverride[];
  /** What a rule of it does by itself. */
  actionOf(rule: string): string | undefined;
}

function groupOf({ statement }: AclRule, { source: { resources } }: LabVerdict): Group | undefined {
  if (statement.kind === 'managed-group') {
    const name = `${statement.vendor}#${statement.name}`;
    const known = findManagedGroup(statement.vendor, statement.name);
    const actionOf = (rule: string) => known && findManagedRule(known, rule)?.action;
    const id = statement.version === undefined ? name : `${name}#${statement.version}`;
    return { id, name, overrides: statement.overrides, actionOf };
  }
  if (statement.kind !== 'rule-group') return undefined;
  const own = resources.ruleGroups.get(statement.ref);
  const actionOf = (rule: string) => own?.rules.find(({ name }) => name === rule)?.action?.kind;
  return { id: statement.ref, name: own?.name ?? statement.ref, overrides: statement.overrides, actionOf };
}

function evaluated({ name: aclRule }: AclRule, group: Group, answer: AclAnswer): EvaluatedGroup {
  const { id, name } = group;
  const inGroup = (rule: string | undefined) =>
    rule?.startsWith(`${name}#`) === true ? rule.slice(name.length + 1) : undefined;
  const ended = [answer.presumed, ...answer.endedInVain].find((one) => one.aclRule === aclRule)?.ending;
  const rule = inGroup(ended?.rule);
  const counted = answer.counted.map(inGroup).filter((one) => one !== undefined);
  const isExcluded = (one: string) => group.overrides.some((it) => it.rule === one && it.isExcludedRule === true);
  return {
    aclRule,
    id,
    name,
    ...(ended !== undefined && rule !== undefined && { terminating: matched(rule, ended.action, group) }),
    counted: counted.filter((one) => !isExcluded(one)).map((one) => matched(one, 'count', group)),
    excluded: counted.filter(isExcluded),
  };
}

function matched(ruleId: string, action: string, { overrides, actionOf }: Group): MatchedRule {
  const own = overrides.some(({ rule }) => rule === ruleId) ? actionOf(ruleId) : undefined;
  return { ruleId, action: action.toUpperCase(), ...(own !== undefined && { overriddenAction: own.toUpperCase() }) };
}
