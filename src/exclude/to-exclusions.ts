import type { Form } from '../contract/prover.js';
import type { RuleId } from '../model/evidence.js';
import type { Exclusion, ExclusionChange, ExclusionScope, LadderStep } from '../model/exclusion.js';
import { sortedIds } from '../util/compare-ids.js';
import { groupBy } from '../util/group-by.js';
import { exclusionId } from './exclusion-id.js';
import { formOf, type HitForms } from './hit-forms.js';

/** One change in one place, and a hit that it is for. */
interface Part {
  readonly id: string;
  readonly change: ExclusionChange;
  readonly scope: ExclusionScope;
  readonly from: HitForms;
}

/** Exclusions for the forms that hits are at: those that differ in the rule only become one. */
export function toExclusions(hits: readonly HitForms[]): Exclusion[] {
  const groups = groupBy(hits.flatMap(partsOf), ({ id }) => id);
  return [...groups.values()].flatMap((group) => {
    const [first] = group;
    return first === undefined ? [] : [exclusionOf(first, sameForAll(group))];
  });
}

function partsOf(hitForms: HitForms): readonly Part[] {
  const form = formOf(hitForms);
  if (form === undefined) return [];
  const { changes, scope } = form;
  return changes.map((change) => ({ id: exclusionId(change, scope), change, scope, from: hitForms }));
}

function sameForAll(group: readonly Part[]): readonly HitForms[] {
  return group.map(({ from }) => from);
}

function exclusionOf({ id, change, scope }: Part, hits: readonly HitForms[]): Exclusion {
  const ruleIds = rulesOf(hits);
  const why = whyWide(hits);
  return {
    id,
    findings: [],
    ...change,
    scope,
    ruleIds,
    ...(why.length > 0 && { widerBecause: why.join('; ') }),
    ladder: ladderOf(hits),
  };
}

/** Why the wide ones among the forms in force are; nothing where none is. */
function whyWide(hits: readonly HitForms[]): readonly string[] {
  const wide = hits.filter((hitForms) => formOf(hitForms)?.isWide === true);
  const [first] = wide;
  if (first === undefined) return [];
  const given = wide.flatMap((hitForms) => formOf(hitForms)?.because ?? []);
  const reasons = new Set(given.length > 0 ? given : wide.flatMap(({ left }) => left.map(({ reason }) => reason)));
  return [[...reasons].join('; ') || `the log does not say which variable rule ${first.hit.ruleId} matched`];
}

function rulesOf(hits: readonly HitForms[]): readonly RuleId[] {
  return sortedIds(hits.map(({ hit }) => hit.ruleId));
}

/** The forms of several rules as one ladder: what is the same for them stands there once. */
function ladderOf(hits: readonly HitForms[]): readonly LadderStep[] {
  const steps = hits.flatMap((hitForms) =>
    hitForms.forms.map((form, at) => ({ step: stepOf(hitForms, form, at), hitForms, at })),
  );
  const same = groupBy(steps, ({ step: { ruleIds: _rules, reason = '', ...step } }) =>
    JSON.stringify([step, reason.replace(/^rule \d+ /, '')]),
  );
  return [...same.values()]
    .sort((a, b) => (a[0]?.at ?? 0) - (b[0]?.at ?? 0))
    .flatMap((group) =>
      group.slice(0, 1).map(({ step }) => ({ ...step, ruleIds: rulesOf(group.map((one) => one.hitForms)) })),
    );
}

function stepOf(hitForms: HitForms, { changes, scope }: Form, at: number): LadderStep {
  const step = {
    effect: changes[0].effect,
    ruleIds: [hitForms.hit.ruleId],
    variables: changes.flatMap((change) => (change.effect === 'remove-target' ? [change.variable] : [])),
    scope,
  };
  const left = hitForms.left[at];
  if (at < hitForms.at && left !== undefined) return { ...step, ...left };
  return { ...step, outcome: at === hitForms.at ? 'chosen' : 'wider' };
}
