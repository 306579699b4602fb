import type { RuleAction } from '../acl/rule-action.js';
import type { ManagedGroup } from '../acl/statement.js';
import type { AclRule } from '../acl/web-acl.js';
import type { ManagedRule, ManagedRuleGroup } from '../managed/managed-rule.js';
import { overridden, withOverride } from './compile-group.js';
import { type CompiledRule, outcomeEnding } from './compile-rule.js';
import { compileStatement, type StatementSurroundings } from './compile-statement.js';
import type { FinalAction, RuleEnding } from './decision.js';
import { meetsCriterion } from './documented-criteria.js';
import { type AclEvaluation, effectOf, endsWith } from './evaluation.js';
import type { PossibleLabels } from './labels.js';
import type { ObservedGroup } from './observed.js';
import { match, type Undecided } from './outcome.js';

/** Finds what is published of a group; nothing where that is not known here. */
export type FindManagedGroup = (vendor: string, name: string) => ManagedRuleGroup | undefined;

/** A group whose rules are not published: what was observed of a request decides them, and documented criteria some of them. */
export function compileManagedGroup(
  reference: AclRule,
  statement: ManagedGroup,
  surroundings: StatementSurroundings,
  find: FindManagedGroup,
): CompiledRule {
  const scope = statement.scopeDown === undefined ? undefined : compileStatement(statement.scopeDown, surroundings);
  const group = new CompiledManagedGroup(statement, find(statement.vendor, statement.name));
  return withOverride(reference, (evaluation) => {
    const inScope = scope?.(evaluation.request, evaluation.labels) ?? match;
    if (inScope.kind === 'no-match' || inScope.kind === 'not-applied') return undefined;
    const observed = group.observedIn(evaluation);
    if (observed !== undefined) return group.byObservation(evaluation, observed);
    return inScope.kind === 'match' ? group.byCriteria(evaluation) : group.outOfReach(evaluation, inScope.undecided);
  });
}

class CompiledManagedGroup {
  /** Such as `AWS#AWSManagedRulesCommonRuleSet`. */
  readonly #name: string;
  readonly #statement: ManagedGroup;
  readonly #facts: ManagedRuleGroup | undefined;
  readonly #rules: ReadonlyMap<string, ManagedRule>;
  readonly #unpublished: Undecided;
  /** Of its rules, in full, and the same in small letters. */
  readonly #labels: ReadonlySet<string>;
  readonly #smallLabels: ReadonlySet<string>;

  constructor(statement: ManagedGroup, facts: ManagedRuleGroup | undefined) {
    this.#name = `${statement.vendor}#${statement.name}`;
    this.#statement = statement;
    this.#facts = facts;
    this.#rules = new Map(facts?.rules.filter(({ age }) => age !== 'expired').map((rule) => [rule.name, rule]));
    this.#labels = new Set([...this.#rules.values()].flatMap(({ label, otherLabels }) => [label, ...otherLabels]));
    this.#smallLabels = new Set([...this.#labels].map((label) => label.toLowerCase()));
    this.#unpublished = { statement: this.#name, why: 'its rules are not published' };
  }

  /** What was seen of the group, or follows from labels that were seen. */
  observedIn({ observed }: AclEvaluation): ObservedGroup | undefined {
    const seen = observed.groups?.get(this.#name);
    if (seen !== undefined) return seen;
    const labels = observed.labels ?? [];
    const matched = [...this.#rules.values()].filter(({ label }) => labels.includes(label));
    return matched.length === 0 ? undefined : { matched: matched.map(({ name }) => name), isComplete: false };
  }

  byObservation(evaluation: AclEvaluation, { matched, isComplete }: ObservedGroup): RuleEnding | undefined {
    for (const name of matched) {
      const ending = this.#matched(name, evaluation);
      if (ending !== undefined) return ending;
      this.#mayLabel(name, evaluation);
    }
    evaluation.label(this.#ownLabels(evaluation.observed.labels ?? []));
    if (!isComplete) this.#leaveOpen(evaluation, this.#unpublished, new Set(matched));
    return undefined;
  }

  /** A rule whose label is not known may have set any of its group. */
  #mayLabel(name: string, evaluation: AclEvaluation): void {
    if (evaluation.observed.labels !== undefined || this.#rules.get(name)?.label !== undefined) return;
    const undecided = { statement: `${this.#name}#${name}`, why: 'it is not known which label it sets' };
    evaluation.label([], [{ prefix: this.#facts?.labelNamespace ?? 'awswaf:managed:', undecided }]);
  }

  /** Rules with documented criteria; all others may have acted before or may act after. */
  byCriteria(evaluation: AclEvaluation): RuleEnding | undefined {
    const decided = new Set<string>();
    const matched: string[] = [];
    for (const rule of this.#rules.values()) {
      const holds = meetsCriterion(rule, evaluation.request);
      if (holds !== undefined) decided.add(rule.name);
      if (holds === true) matched.push(rule.name);
    }
    this.#leaveOpen(evaluation, this.#unpublished, decided);
    for (const name of matched) {
      const ending = this.#matched(name, evaluation);
      if (ending?.rule !== undefined) return { ...ending, likelyRule: ending.rule };
    }
    return undefined;
  }

  /** Whether the group is evaluated at all is not decided. */
  outOfReach(evaluation: AclEvaluation, undecided: Undecided): undefined {
    this.#leaveOpen(evaluation, undecided, new Set());
  }

  #matched(name: string, evaluation: AclEvaluation): RuleEnding | undefined {
    const label = this.#rules.get(name)?.label;
    const acting = {
      name: `${this.#name}#${name}`,
      action: this.#actionOf(name),
      labels: label === undefined ? [] : [label],
    };
    return outcomeEnding(match, acting, evaluation);
  }

  /** Rules that are tried before they are released count (`…_RC_COUNT`). */
  #actionOf(name: string): RuleAction {
    const override = overridden(name, this.#statement.overrides);
    if (override !== undefined) return override;
    if (name.endsWith('_RC_COUNT')) return asAction('count');
    const own = this.#rules.get(name)?.action;
    return own === undefined ? { kind: 'unknown', why: `it is not known what ${name} does by default` } : asAction(own);
  }

  #ownLabels(labels: readonly string[]): readonly string[] {
    const namespace = this.#facts?.labelNamespace;
    return namespace === undefined ? [] : labels.filter((label) => label.startsWith(namespace));
  }

  #leaveOpen(evaluation: AclEvaluation, undecided: Undecided, decided: ReadonlySet<string>): void {
    evaluation.mayEnd(this.#name, this.#possibleActions(decided), undecided);
    evaluation.doubt(undecided);
    evaluation.label([], this.#possibleLabels(evaluation, undecided, decided));
  }

  /** What rules that are not decided may end the evaluation with: newer versions may have rules that block. */
  #possibleActions(decided: ReadonlySet<string>): readonly FinalAction[] {
    const usual: readonly FinalAction[] = this.#facts === undefined ? ['block', 'captcha', 'challenge'] : ['block'];
    const own = [...this.#rules.keys()].filter((name) => !decided.has(name)).map((name) => this.#actionOf(name));
    const others = this.#statement.overrides.filter(({ rule }) => !decided.has(rule)).map(({ action }) => action);
    return [...new Set([...usual, ...[...own, ...others].flatMap(endsWith)])];
  }

  /**
   * The labels of its rules. Where evaluation goes on, no rule matched that ends it; a label that differs from a known one
   * in its case alone is one of no rule.
   */
  #possibleLabels(
    evaluation: AclEvaluation,
    undecided: Undecided,
    decided: ReadonlySet<string>,
  ): readonly PossibleLabels[] {
    if (this.#facts === undefined) return [{ prefix: 'awswaf:managed:', undecided }];
    const isAbsent = ({ name }: ManagedRule) => decided.has(name) || this.#ends(name, evaluation);
    const absent = new Set([...this.#rules.values()].filter(isAbsent).map(({ label }) => label));
    const isExcluded = (label: string) => absent.has(label) || this.#isMisspelt(label);
    const own: PossibleLabels = { prefix: this.#facts.labelNamespace, isExcluded, undecided };
    return this.#handlesTokens() ? [own, ...tokenPrefixes.map((prefix) => ({ prefix, undecided }))] : [own];
  }

  #isMisspelt(label: string): boolean {
    return !this.#labels.has(label) && this.#smallLabels.has(label.toLowerCase());
  }

  #ends(name: string, { request, countsOnly }: AclEvaluation): boolean {
    return !countsOnly && effectOf(this.#actionOf(name), request) === 'ends';
  }

  #handlesTokens(): boolean {
    return /BotControl|ATP|ACFP|AntiDDoS/.test(this.#name);
  }
}

/** Labels that groups with tokens give beside their own. */
const tokenPrefixes = ['awswaf:managed:token:', 'awswaf:managed:captcha:'];

function asAction(kind: ManagedRule['action']): RuleAction {
  return kind === 'block' ? { kind } : { kind, insertHeaders: [] };
}
