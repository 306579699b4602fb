import type { AclRule, AclSource, WebAcl } from '../acl/web-acl.js';
import { defaultAction } from '../rule-names.js';
import { compileOwnGroup } from './compile-group.js';
import { compileManagedGroup, type FindManagedGroup } from './compile-managed-group.js';
import { type CompiledRule, compilePlainRule } from './compile-rule.js';
import type { ExceedsRate, StatementSurroundings } from './compile-statement.js';
import { type AclAnswer, type AclEnding, decide, finalActions, type RuleEnding } from './decision.js';
import { AclEvaluation, endsWith } from './evaluation.js';
import { bodyLimit, InspectedRequest } from './inspected-request.js';
import { webAclPrefix } from './labels.js';
import type { ObservedFacts } from './observed.js';
import type { RequestFacts } from './request-facts.js';

/** What is known of one request beside itself. */
export interface KnownOfRequest {
  /** What AWS was seen to do with it. */
  readonly observed?: ObservedFacts;
  /** Labels that it has before the first rule. */
  readonly labels?: readonly string[];
}

/** A web ACL ready for any number of requests. */
export type EvaluateAcl = (facts: RequestFacts, known?: KnownOfRequest) => AclAnswer;

/**
 * Makes an ACL ready for evaluation: pure, in process, as far as AWS documents how it evaluates.
 * @param find what is published of managed groups
 * @param exceeds tells what rate rules do, where requests are counted; without it, they are not decided
 */
export function compileAcl(
  { acl, resources }: Pick<AclSource, 'acl' | 'resources'>,
  find: FindManagedGroup,
  exceeds?: ExceedsRate,
): EvaluateAcl {
  const labelPrefix = acl.labelNamespace ?? webAclPrefix(acl.account, acl.name);
  const surroundings = { resources, labelPrefix, ...(exceeds !== undefined && { exceeds }) };
  const rules = [...acl.rules]
    .sort((one, other) => one.priority - other.priority)
    .map((rule) => ({ name: rule.name, ask: compileRule(rule, acl, surroundings, find) }));
  return (facts, { observed = {}, labels = [] } = {}) => {
    const request = new InspectedRequest(facts, bodyLimit(facts.front, acl.bodyLimits));
    return conclude(acl, rules, new AclEvaluation(request, observed, labels));
  };
}

function compileRule(
  rule: AclRule,
  acl: WebAcl,
  surroundings: StatementSurroundings,
  find: FindManagedGroup,
): CompiledRule {
  const { statement, name } = rule;
  if (statement.kind === 'managed-group') return compileManagedGroup(rule, statement, surroundings, find);
  if (statement.kind === 'rule-group') return compileOwnGroup(rule, statement, surroundings, acl.account);
  const action = rule.action ?? { kind: 'unknown', why: 'its rule has no action' };
  return compilePlainRule({ rule, name, action }, surroundings);
}

interface NamedRule {
  readonly name: string;
  readonly ask: CompiledRule;
}

function conclude(acl: WebAcl, rules: readonly NamedRule[], evaluation: AclEvaluation): AclAnswer {
  for (const group of acl.firewallManagerGroups)
    evaluation.mayEnd(group, finalActions, { statement: group, why: 'it belongs to Firewall Manager and is not seen' });
  const presumed = endingIn(rules, evaluation) ?? { ending: defaultEnding(acl, evaluation), aclRule: defaultAction };
  const { ending } = presumed;
  const { possible, endedInVain } = evaluation;
  return {
    ...decide(ending, possible),
    presumed,
    endedInVain,
    counted: evaluation.counted,
    labels: evaluation.labels.sure,
    insertedHeaders: evaluation.insertedHeaders,
    undecided: possible.filter(({ undecided }) => undecided.isEnvironment !== true),
    environment: possible.filter(({ undecided }) => undecided.isEnvironment === true),
    belowRates: decide(
      ending,
      possible.filter(({ undecided }) => undecided.isEnvironment !== true),
    ),
  };
}

function endingIn(rules: readonly NamedRule[], evaluation: AclEvaluation): AclEnding | undefined {
  for (const { name, ask } of rules) {
    const ending = ask(evaluation);
    if (ending !== undefined) return { ending, aclRule: name };
  }
  return undefined;
}

function defaultEnding({ defaultAction: action }: WebAcl, evaluation: AclEvaluation): RuleEnding {
  const rule = defaultAction;
  if (action.kind === 'block')
    return { action: 'block', rule, ...(action.response !== undefined && { response: action.response }) };
  if (action.kind === 'allow') evaluation.insert(action.insertHeaders);
  if (action.kind === 'unknown')
    evaluation.mayEnd(rule, endsWith(action), { statement: 'the default action', why: action.why });
  return { action: 'allow', rule };
}
