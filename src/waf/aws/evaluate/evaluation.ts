import type { Pair } from '../../../model/request.js';
import type { RuleAction } from '../acl/rule-action.js';
import { type AclEnding, type FinalAction, finalActions, type PossibleEnding, type RuleEnding } from './decision.js';
import type { InspectedRequest } from './inspected-request.js';
import { type Labels, noLabels, type PossibleLabels, withLabels } from './labels.js';
import type { ObservedFacts } from './observed.js';
import type { Undecided } from './outcome.js';

/** One request on its way through the rules. */
export class AclEvaluation {
  readonly request: InspectedRequest;
  readonly observed: ObservedFacts;
  readonly counted: string[] = [];
  readonly insertedHeaders: Pair[] = [];
  readonly possible: PossibleEnding[] = [];
  readonly endedInVain: AclEnding[] = [];
  #labels: Labels = noLabels;
  #countsOnly = false;
  /** In a group that only counts, and that one of its rules may have ended: what follows may not be evaluated. */
  #isInDoubt: Undecided | undefined;

  constructor(request: InspectedRequest, observed: ObservedFacts, labels: readonly string[]) {
    this.request = request;
    this.observed = observed;
    this.#labels = withLabels(noLabels, labels);
  }

  get labels(): Labels {
    return this.#labels;
  }

  label(sure: readonly string[], possible: readonly PossibleLabels[] = []): void {
    const undecided = this.#isInDoubt;
    if (undecided === undefined) this.#labels = withLabels(this.#labels, sure, possible);
    else this.#labels = withLabels(this.#labels, [], [...sure.map((label) => ({ label, undecided })), ...possible]);
  }

  count(rule: string, insertHeaders: readonly Pair[]): void {
    if (this.#isInDoubt !== undefined) return;
    this.counted.push(rule);
    this.insert(insertHeaders);
  }

  /** AWS puts a prefix before the names. */
  insert(headers: readonly Pair[]): void {
    for (const [name, value] of headers) this.insertedHeaders.push([`x-amzn-waf-${name}`, value]);
  }

  mayEnd(rule: string, actions: readonly FinalAction[], undecided: Undecided): void {
    if (actions.length > 0) this.possible.push({ rule, actions, undecided });
  }

  /** Evaluates a group that ends nothing but itself: whatever it comes to is counted. */
  countingOnly(group: () => RuleEnding | undefined): RuleEnding | undefined {
    const before = this.possible.length;
    this.#countsOnly = true;
    const ending = group();
    this.#countsOnly = false;
    this.#isInDoubt = undefined;
    this.possible.length = before;
    return ending;
  }

  /** A rule may have ended its group: where that does not end the whole, what follows may not be evaluated. */
  doubt(undecided: Undecided): void {
    if (this.#countsOnly) this.#isInDoubt ??= undecided;
  }

  /** Whether what ends a group does not end the evaluation. */
  get countsOnly(): boolean {
    return this.#countsOnly;
  }
}

/**
 * What an action does with a request whose rule matches: ends the evaluation, lets it go on, or either, by a token that is
 * not known to be valid.
 */
export type ActionEffect = 'ends' | 'goes-on' | 'either';

export function effectOf(action: RuleAction, request: InspectedRequest): ActionEffect {
  switch (action.kind) {
    case 'allow':
    case 'block':
      return 'ends';
    case 'count':
      return 'goes-on';
    case 'captcha':
    case 'challenge':
      return tokenEffect(request, action.kind);
    case 'unknown':
      return 'either';
  }
}

/** A token travels in a cookie or a header; a request that has none is stopped. */
function tokenEffect(request: InspectedRequest, kind: 'captcha' | 'challenge'): ActionEffect {
  const isValid = request.facts.tokens[kind];
  if (isValid !== undefined) return isValid ? 'goes-on' : 'ends';
  const hasToken =
    request.names.includes('x-aws-waf-token') || request.cookiePairs.some(([name]) => name === 'aws-waf-token');
  return hasToken ? 'either' : 'ends';
}

/** What an action may end the evaluation with. */
export function endsWith(action: RuleAction): readonly FinalAction[] {
  if (action.kind === 'count') return [];
  return action.kind === 'unknown' ? finalActions : [action.kind];
}
