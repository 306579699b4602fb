import type { RuleAction } from '../acl/rule-action.js';
import type { AclRule } from '../acl/web-acl.js';
import { compileStatement, type StatementSurroundings } from './compile-statement.js';
import type { RuleEnding } from './decision.js';
import { type AclEvaluation, type ActionEffect, effectOf, endsWith } from './evaluation.js';
import { geoLabeller } from './geo-labels.js';
import { doesNotMatch, match, type StatementOutcome, type Undecided } from './outcome.js';

/** A rule ready for evaluation: what it ended the evaluation with, or nothing. */
export type CompiledRule = (evaluation: AclEvaluation) => RuleEnding | undefined;

/** A rule with a statement of its own, in an ACL or a group. */
export interface PlainRule {
  readonly rule: AclRule;
  /** As logs spell it. */
  readonly name: string;
  /** After overrides. */
  readonly action: RuleAction;
}

export function compilePlainRule({ rule, name, action }: PlainRule, surroundings: StatementSurroundings): CompiledRule {
  const ask = compileStatement(rule.statement, surroundings);
  const labels = rule.labels.map((label) => fullLabel(label, surroundings.labelPrefix));
  const geoLabels = geoLabeller(rule.statement);
  const isRate = rule.statement.kind === 'rate';
  return (evaluation) => {
    const asked = ask(evaluation.request, evaluation.labels);
    const outcome =
      asked.kind === 'unknown' ? decidedByObservation(asked, evaluation.observed.rules?.get(name)) : asked;
    const ending = outcomeEnding(
      outcome,
      { name, action, labels: isRate ? [] : labels, rateLabels: isRate ? labels : [] },
      evaluation,
    );
    geoLabels?.(evaluation, outcome);
    return ending;
  };
}

function fullLabel(label: string, prefix: string): string {
  return label.startsWith('awswaf:') ? label : `${prefix}${label}`;
}

function decidedByObservation(outcome: StatementOutcome, matched: boolean | undefined): StatementOutcome {
  if (matched === undefined) return outcome;
  return matched ? match : doesNotMatch;
}

/** What of a rule acts once it has matched. */
export interface ActingRule {
  readonly name: string;
  readonly action: RuleAction;
  /** In full. */
  readonly labels: readonly string[];
  /** Labels that a rate rule gives while it limits. */
  readonly rateLabels?: readonly string[];
}

export function outcomeEnding(
  outcome: StatementOutcome,
  acting: ActingRule,
  evaluation: AclEvaluation,
): RuleEnding | undefined {
  switch (outcome.kind) {
    case 'match':
      return matched(acting, evaluation);
    case 'no-match':
    case 'not-applied':
      return undefined;
    case 'unknown':
      undecided(outcome.undecided, acting, evaluation);
      return undefined;
  }
}

function matched(
  { name, action, labels, rateLabels = [] }: ActingRule,
  evaluation: AclEvaluation,
): RuleEnding | undefined {
  evaluation.label([...labels, ...rateLabels]);
  const effect: ActionEffect = effectOf(action, evaluation.request);
  if (effect === 'goes-on') {
    evaluation.count(name, 'insertHeaders' in action ? action.insertHeaders : []);
    return undefined;
  }
  if (effect === 'either') {
    evaluation.mayEnd(name, endsWith(action), tokenOrAction(action));
    evaluation.doubt(tokenOrAction(action));
    return undefined;
  }
  return endingOf(name, action, evaluation);
}

function endingOf(name: string, action: RuleAction, evaluation: AclEvaluation): RuleEnding | undefined {
  if (action.kind === 'count' || action.kind === 'unknown') return undefined;
  if (action.kind !== 'block') {
    if (action.kind === 'allow') evaluation.insert(action.insertHeaders);
    return { action: action.kind, rule: name };
  }
  return { action: 'block', rule: name, ...(action.response !== undefined && { response: action.response }) };
}

function tokenOrAction(action: RuleAction): Undecided {
  if (action.kind === 'unknown') return { statement: 'an action', why: action.why };
  return { statement: `the token for ${action.kind}`, why: 'only AWS can tell whether it is valid' };
}

/** Where it ended the evaluation, nothing follows: so its labels are there only where it does not end it. */
function undecided(
  why: Undecided,
  { name, action, labels, rateLabels = [] }: ActingRule,
  evaluation: AclEvaluation,
): void {
  const effect = effectOf(action, evaluation.request);
  if (effect !== 'goes-on') evaluation.mayEnd(name, endsWith(action), why);
  if (effect === 'ends') evaluation.doubt(why);
  else
    evaluation.label(
      [],
      [...labels, ...rateLabels].map((label) => ({ label, undecided: why })),
    );
}
