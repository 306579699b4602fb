import type { Form, HitPlace, Possibilities } from '../contract/prover.js';
import type { RuleHit } from '../model/evidence.js';
import type { Exclusion, ExclusionChange } from '../model/exclusion.js';
import { formOf, type HitForms } from './hit-forms.js';
import { toExclusions } from './to-exclusions.js';

/** How far each hit has had to step from the narrowest form of its exclusion. */
export class Ladder {
  readonly #possible: Possibilities;
  readonly #known = new Map<string, HitForms>();

  constructor(possible: Possibilities) {
    this.#possible = possible;
  }

  /** Moves a hit to its first form, or from the one that did not help to the next; false where there is none. */
  advance(key: string, hit: RuleHit, place: HitPlace): boolean {
    const known = this.#known.get(key);
    const step = known === undefined ? this.#start(hit, place) : leaveForm(known);
    const moved = step.at < step.forms.length ? this.#next(step) : step;
    this.#known.set(key, moved);
    return formOf(moved) !== undefined;
  }

  /** The forms in force, those of the same change and scope as one exclusion. */
  exclusions(): readonly Exclusion[] {
    const inForce = [...this.#known.values()].filter((step) => formOf(step) !== undefined);
    const removed = new Set(inForce.filter(takesWholeRule).map(ruleInScope));
    const needed = inForce.filter((step) => takesWholeRule(step) || !removed.has(ruleInScope(step)));
    return toExclusions(needed).sort((a, b) => (a.id < b.id ? -1 : 1));
  }

  reasonFor(key: string): string | undefined {
    return this.#known.get(key)?.left.at(-1)?.reason;
  }

  #start(hit: RuleHit, place: HitPlace): HitForms {
    return { hit, forms: this.#possible.forms(hit, place), at: -1, left: [] };
  }

  #next(from: HitForms): HitForms {
    const left = [...from.left];
    for (let at = from.at + 1; at < from.forms.length; at += 1) {
      const step = { ...from, at, left };
      const obstacle = this.#obstacle(step);
      if (obstacle === undefined) return step;
      left.push({ outcome: 'impossible', reason: obstacle });
    }
    return { ...from, at: from.forms.length, left };
  }

  #obstacle(step: HitForms): string | undefined {
    const form = formOf(step);
    if (form === undefined) return undefined;
    if (form.refusal !== undefined) return form.refusal;
    const forbidden = form.changes.some(takesFromRule)
      ? this.#possible.untouchable(step.hit.ruleId, form.isWholeRule)
      : undefined;
    if (forbidden !== undefined) return forbidden;
    const tried = step.forms.find((one, i) => step.left[i]?.outcome === 'insufficient' && isSameChange(form, one));
    if (tried !== undefined) return stillFires(step.hit, tried);
    return toExclusions([step])
      .map((exclusion) => this.#possible.obstacle(exclusion))
      .find((obstacle) => obstacle !== undefined);
  }
}

/** A hit that stays leaves the form that was tried. */
function leaveForm(step: HitForms): HitForms {
  const form = formOf(step);
  if (form === undefined) return step;
  return { ...step, left: [...step.left, { outcome: 'insufficient', reason: stillFires(step.hit, form) }] };
}

/** Whether a change takes something from the rule itself, and not from what it looks at. */
function takesFromRule({ effect }: ExclusionChange): boolean {
  return effect === 'remove-target' || effect === 'remove-rule';
}

/** Whether a form is another one with a wider scope. What did not silence a rule at an endpoint will not elsewhere. */
function isSameChange(form: Form, tried: Form): boolean {
  return JSON.stringify(form.changes) === JSON.stringify(tried.changes);
}

function takesWholeRule(step: HitForms): boolean {
  return formOf(step)?.isWholeRule === true;
}

function stillFires({ ruleId }: RuleHit, { done }: Form): string {
  return `rule ${ruleId} still fires when ${done}`;
}

function ruleInScope(step: HitForms): string {
  return JSON.stringify([step.hit.ruleId, formOf(step)?.scope]);
}
