import { formatVariable, type RuleHit, type Variable } from '../model/evidence.js';
import type { Exclusion, ExclusionEffect, ExclusionScope, LadderStep, Setting } from '../model/exclusion.js';
import { groupBy } from '../util/group-by.js';
import { exclusionId } from './exclusion-id.js';
import { type Form, formsOf, isWide, widens } from './forms.js';

/** What may be excluded, and how. */
export interface Possibilities {
  /** Why an exclusion cannot be told as it is; nothing where it can. */
  obstacle(exclusion: Exclusion): string | undefined;
  /** Why a rule must not lose a variable, or be removed as a whole; nothing where it may. */
  untouchable(ruleId: number, whole: boolean): string | undefined;
  /** Why taking one variable from a rule opens more than its name says; nothing where it does not. */
  opensMore(ruleId: number): string | undefined;
  /** Whether a variable is an argument: those from JSON have other names on other engines. */
  isArgument(variable: Variable): boolean;
}

/** A hit to be cleared, and where. */
export interface Climber {
  readonly hit: RuleHit;
  readonly endpoint: ExclusionScope;
  /** The body is JSON, so its arguments have other names on other engines. */
  readonly json: boolean;
  /** The setting that the rule compares with, as the request needs it. */
  readonly setting?: Setting;
}

interface Step extends Climber {
  /** From narrow to wide. */
  readonly forms: readonly Form[];
  at: number;
  /** Why each narrower form was left. */
  readonly left: { readonly outcome: 'impossible' | 'insufficient'; readonly reason: string }[];
}

/** How far each hit has had to climb from the narrowest form of its exclusion. */
export class Ladder {
  readonly #possible: Possibilities;
  readonly #steps = new Map<string, Step>();

  constructor(possible: Possibilities) {
    this.#possible = possible;
  }

  /** Moves a hit to its first form, or from the one that did not help to the next; false where there is none. */
  climb(key: string, climber: Climber): boolean {
    const known = this.#steps.get(key);
    const step = known ?? newStep(climber);
    this.#steps.set(key, step);
    if (known !== undefined && step.at < step.forms.length) {
      step.left.push({ outcome: 'insufficient', reason: stillFires(step) });
    }
    if (step.at < step.forms.length) this.#next(step);
    return step.at < step.forms.length;
  }

  /** The forms in force, those of the same variable and scope as one exclusion. */
  exclusions(): readonly Exclusion[] {
    const inForce = [...this.#steps.values()].filter(({ at, forms }) => at < forms.length);
    const removed = new Set(inForce.filter(removesRule).map(ruleInScope));
    const needed = inForce.filter((step) => removesRule(step) || !removed.has(ruleInScope(step)));
    return toExclusions(needed, this.#possible).sort((a, b) => (a.id < b.id ? -1 : 1));
  }

  reasonFor(key: string): string | undefined {
    return this.#steps.get(key)?.left.at(-1)?.reason;
  }

  #next(step: Step): void {
    for (step.at += 1; step.at < step.forms.length; step.at += 1) {
      const obstacle = this.#obstacle(step);
      if (obstacle === undefined) return;
      step.left.push({ outcome: 'impossible', reason: obstacle });
    }
  }

  #obstacle(step: Step): string | undefined {
    const form = formOf(step);
    const { ruleId } = step.hit;
    if (typeof ruleId !== 'number') return 'the rule has no number';
    if (form === undefined) return undefined;
    const forbidden = this.#possible.untouchable(ruleId, removesRule(step));
    if (forbidden !== undefined) return forbidden;
    const tried = step.forms.find((one, i) => step.left[i]?.outcome === 'insufficient' && widens(form, one));
    if (tried !== undefined) return stillFires({ ...step, at: step.forms.indexOf(tried) });
    return toExclusions([step], this.#possible)
      .map((exclusion) => this.#possible.obstacle(exclusion))
      .find((obstacle) => obstacle !== undefined);
  }
}

function newStep(climber: Climber): Step {
  const forms = formsOf(climber.hit, climber.endpoint, climber.setting);
  return { ...climber, forms, at: -1, left: [] };
}

function formOf({ forms, at }: Step): Form | undefined {
  return forms[at];
}

function removesRule(step: Step): boolean {
  const form = formOf(step);
  return form !== undefined && form.variables.length === 0 && form.setting === undefined;
}

function stillFires(step: Step): string {
  const form = formOf(step);
  const names = form?.variables.map(formatVariable).join(' and ');
  const { setting } = form ?? {};
  const when =
    setting !== undefined
      ? `TX:${setting.name} is ${setting.value}`
      : `${names} ${(form?.variables.length ?? 0) > 1 ? 'are' : 'is'} taken from it`;
  return `rule ${step.hit.ruleId} still fires when ${removesRule(step) ? 'it is removed' : when}`;
}

function ruleInScope(step: Step): string {
  return JSON.stringify([step.hit.ruleId, formOf(step)?.scope]);
}

type Part = Pick<Exclusion, 'effect' | 'variable' | 'setting' | 'scope' | 'json'>;

/** Exclusions for the forms of steps: those that differ in the rule only become one. */
function toExclusions(steps: readonly Step[], possible: Possibilities): Exclusion[] {
  const parts = steps.flatMap((step) => partsOf(step, possible).map((part) => ({ part, step })));
  return [...groupBy(parts, ({ part }) => exclusionId(part)).values()].flatMap((group) => {
    const [first] = group;
    return first === undefined
      ? []
      : [
          exclusionOf(
            first.part,
            group.map(({ step }) => step),
            possible,
          ),
        ];
  });
}

function partsOf(step: Step, possible: Possibilities): readonly Part[] {
  const form = formOf(step);
  if (form === undefined) return [];
  const { scope, setting, variables } = form;
  if (setting !== undefined) return [{ effect: 'change-setting', setting, scope }];
  if (variables.length === 0) return [{ effect: 'remove-rule', scope }];
  const isJson = step.json && variables.some(possible.isArgument);
  return variables.map((variable) => ({ effect: 'remove-target', variable, scope, ...(isJson && { json: true }) }));
}

function exclusionOf(part: Part, steps: readonly Step[], { opensMore }: Possibilities): Exclusion {
  const wide = steps.filter((step) => isWide(formOf(step) ?? { variables: [], scope: {} }));
  const reasons = [...new Set(wide.flatMap(({ left }) => left.map(({ reason }) => reason)))];
  const [unknown] = wide;
  const ruleIds = sortedRules(steps);
  const opened = ruleIds.flatMap((id) => opensMore(id) ?? []);
  const why = unknown === undefined ? opened : [...opened, reasons.join('; ') || notLogged(unknown)];
  return {
    id: exclusionId(part),
    findings: [],
    ...part,
    ruleIds,
    ...(why.length > 0 && { widerBecause: why.join('; ') }),
    ladder: ladderOf(steps),
  };
}

function notLogged({ hit }: Step): string {
  return `the log does not say which variable rule ${hit.ruleId} matched`;
}

function sortedRules(steps: readonly Step[]): readonly number[] {
  return [...new Set(steps.map(({ hit }) => Number(hit.ruleId)))].sort((a, b) => a - b);
}

/** The forms of several rules as one ladder: what is the same for them stands there once. */
function ladderOf(steps: readonly Step[]): readonly LadderStep[] {
  const rungs = steps.flatMap((step) => step.forms.map((form, at) => ({ rung: rungOf(step, form, at), step, at })));
  const same = groupBy(rungs, ({ rung: { ruleIds: _rules, reason = '', ...rung } }) =>
    JSON.stringify([rung, reason.replace(/^rule \d+ /, '')]),
  );
  return [...same.values()]
    .sort((a, b) => (a[0]?.at ?? 0) - (b[0]?.at ?? 0))
    .flatMap((group) =>
      group.slice(0, 1).map(({ rung }) => ({ ...rung, ruleIds: sortedRules(group.map((one) => one.step)) })),
    );
}

function rungOf(step: Step, { variables, setting, scope }: Form, at: number): LadderStep {
  const removal: ExclusionEffect = variables.length === 0 ? 'remove-rule' : 'remove-target';
  const rung = {
    effect: setting === undefined ? removal : 'change-setting',
    ruleIds: [Number(step.hit.ruleId)],
    variables,
    scope,
  } as const;
  const left = step.left[at];
  if (at < step.at && left !== undefined) return { ...rung, ...left };
  return { ...rung, outcome: at === step.at ? 'chosen' : 'wider' };
}
