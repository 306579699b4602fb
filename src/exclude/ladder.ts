import { createHash } from 'node:crypto';
import { formatVariable, type RuleHit, type Variable } from '../model/evidence.js';
import type { Exclusion, ExclusionScope } from '../model/exclusion.js';
import { groupBy } from '../util/group-by.js';

/** What may be excluded, and how. */
export interface Possibilities {
  /** Why the engine cannot be told an exclusion; nothing where it can. */
  obstacle(exclusion: Exclusion): string | undefined;
  /** Why a rule must not lose a variable, or be removed as a whole; nothing where it may. */
  untouchable(ruleId: number, whole: boolean): string | undefined;
}

/** One way to exclude a hit: a variable from its rule, or the rule where there is none. */
interface Form {
  readonly variable?: Variable;
  readonly scope: ExclusionScope;
}

interface Step {
  readonly hit: RuleHit;
  /** From narrow to wide. */
  readonly forms: readonly Form[];
  at: number;
  /** Why each narrower form was left. */
  readonly reasons: string[];
}

/** How far each hit has had to climb from the narrowest form of its exclusion. */
export class Ladder {
  readonly #possible: Possibilities;
  readonly #steps = new Map<string, Step>();

  constructor(possible: Possibilities) {
    this.#possible = possible;
  }

  /** Moves a hit to its first form, or from the one that did not help to the next; false where there is none. */
  climb(key: string, hit: RuleHit, endpoint: ExclusionScope): boolean {
    const known = this.#steps.get(key);
    const step = known ?? { hit, forms: formsOf(hit, endpoint), at: -1, reasons: [] };
    this.#steps.set(key, step);
    if (known !== undefined && step.at < step.forms.length) step.reasons.push(stillFires(step));
    if (step.at < step.forms.length) this.#next(step);
    return step.at < step.forms.length;
  }

  /** The forms in force, those of the same variable and scope as one exclusion. */
  exclusions(): readonly Exclusion[] {
    const inForce = [...this.#steps.values()].filter(({ at, forms }) => at < forms.length);
    const removed = new Set(inForce.filter((step) => formOf(step)?.variable === undefined).map(ruleInScope));
    const needed = inForce.filter((step) => formOf(step)?.variable === undefined || !removed.has(ruleInScope(step)));
    return [...groupBy(needed, targetOf).values()].flatMap(toExclusion).sort((a, b) => (a.id < b.id ? -1 : 1));
  }

  reasonFor(key: string): string | undefined {
    return this.#steps.get(key)?.reasons.at(-1);
  }

  #next(step: Step): void {
    for (step.at += 1; step.at < step.forms.length; step.at += 1) {
      const obstacle = this.#obstacle(step);
      if (obstacle === undefined) return;
      step.reasons.push(obstacle);
    }
  }

  #obstacle(step: Step): string | undefined {
    const { ruleId } = step.hit;
    if (typeof ruleId !== 'number') return 'the rule has no number';
    const [exclusion] = toExclusion([step]);
    const whole = exclusion?.effect === 'remove-rule';
    const forbidden = this.#possible.untouchable(ruleId, whole);
    return forbidden ?? (exclusion && this.#possible.obstacle(exclusion));
  }
}

/**
 * From narrow to wide: the variable at the endpoint; another variable through which the rule may be silenced there; the
 * variable in every request; the rule at the endpoint. A variable that the log does not tell cannot be excluded.
 */
function formsOf({ variable, variableSource, alternatives = [] }: RuleHit, endpoint: ExclusionScope): readonly Form[] {
  const known = variableSource === 'unknown' ? [] : [variable];
  return [
    ...[...known, ...alternatives].map((one) => ({ variable: one, scope: endpoint })),
    ...known.map((one) => ({ variable: one, scope: {} })),
    { scope: endpoint },
  ];
}

function formOf({ forms, at }: Step): Form | undefined {
  return forms[at];
}

function stillFires(step: Step): string {
  const variable = formOf(step)?.variable;
  const what = variable === undefined ? 'it is removed' : `${formatVariable(variable)} is taken from it`;
  return `rule ${step.hit.ruleId} still fires when ${what}`;
}

function ruleInScope(step: Step): string {
  return JSON.stringify([step.hit.ruleId, formOf(step)?.scope]);
}

/** Steps that differ in the rule only become one exclusion. */
function targetOf(step: Step): string {
  const form = formOf(step);
  return JSON.stringify([form?.variable && formatVariable(form.variable), form?.scope]);
}

function toExclusion(steps: readonly Step[]): readonly Exclusion[] {
  const [first] = steps;
  const form = first && formOf(first);
  if (form === undefined) return [];
  const { variable, scope } = form;
  const isWide = variable === undefined || scope.path === undefined;
  const reasons = [...new Set(steps.flatMap((step) => step.reasons))];
  return [
    {
      id: createHash('sha256')
        .update(JSON.stringify([variable, scope]))
        .digest('hex')
        .slice(0, 10),
      findings: [],
      effect: variable === undefined ? 'remove-rule' : 'remove-target',
      ruleIds: [...new Set(steps.map(({ hit }) => Number(hit.ruleId)))].sort((a, b) => a - b),
      ...(variable !== undefined && { variable }),
      scope,
      ...(isWide && { widerBecause: widerBecause(reasons, first) }),
    },
  ];
}

function widerBecause(reasons: readonly string[], step: Step | undefined): string {
  if (reasons.length > 0) return reasons.join('; ');
  return `the log does not say which variable rule ${step?.hit.ruleId} matched`;
}
