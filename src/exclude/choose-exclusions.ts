import type { RuleHit, RuleId } from '../model/evidence.js';
import type { Exclusion, LeftInForce } from '../model/exclusion.js';
import { compareIds } from '../util/compare-ids.js';
import { isGuard, withoutIdleGuards } from './guards.js';
import { hides, isForWholeRule } from './hides.js';

/** A false positive with all hits that it has when nothing is excluded, as far as exclusions act on it. */
export interface FalsePositive {
  readonly hits: readonly RuleHit[];
  /** Ids of the exclusions that act on it. */
  readonly exclusions: ReadonlySet<string>;
}

/** What a legitimate request may keep, and what it costs to hide a place from rules. */
export interface Budget {
  /** Whether a request with these hits passes, and stays as far from a block as it must. */
  passes(hits: readonly RuleHit[]): boolean;
  /** How many attacks pass when the place of an exclusion is hidden from these rules only. */
  cost(exclusion: Exclusion, ruleIds: readonly RuleId[]): number;
}

export interface Choice {
  readonly exclusions: readonly Exclusion[];
  readonly left: readonly LeftInForce[];
}

/** An exclusion for one of its rules. */
interface ForRule {
  readonly exclusion: Exclusion;
  readonly ruleId: RuleId;
}

/** The rules that each exclusion still is for, by its id. */
type Kept = ReadonlyMap<string, readonly RuleId[]>;

/**
 * Not every hit must go: of exclusions that clear all of them, those are left out that lose most detection, as long as
 * every case passes. It takes the largest saving first, and what saves nothing last, since the fewest exclusions are the
 * best of those that cost the same.
 */
export function chooseExclusions(
  exclusions: readonly Exclusion[],
  cases: readonly FalsePositive[],
  budget: Budget,
): Choice {
  let kept: Kept = new Map(exclusions.map((one) => [one.id, one.ruleIds]));
  const left: LeftInForce[] = [];
  for (;;) {
    const best = bestToLeave(exclusions, cases, kept, budget);
    if (best === undefined) break;
    kept = without(kept, best);
    left.push({
      ruleId: best.ruleId,
      variable: variableOf(best.exclusion),
      scope: best.exclusion.scope,
      spares: best.saving,
    });
  }
  return { exclusions: withoutIdleGuards(exclusions.flatMap((one) => withRules(one, kept.get(one.id) ?? []))), left };
}

/** Of those that every case can do without, the one that saves most. */
function bestToLeave(
  exclusions: readonly Exclusion[],
  cases: readonly FalsePositive[],
  kept: Kept,
  { passes, cost }: Budget,
): (ForRule & { readonly saving: number }) | undefined {
  const passesWithout = (leaving: ForRule) =>
    cases
      .filter((one) => one.exclusions.has(leaving.exclusion.id))
      .every((one) => passes(remainingHits(one, exclusions, without(kept, leaving))));
  return exclusions
    .filter((one) => !isGuard(one))
    .flatMap((exclusion) => (kept.get(exclusion.id) ?? []).map((ruleId) => ({ exclusion, ruleId })))
    .filter(passesWithout)
    .map((one) => ({ ...one, saving: savingOf(one, kept, cost) }))
    .sort(
      (a, b) => b.saving - a.saving || compareIds(a.ruleId, b.ruleId) || compareIds(a.exclusion.id, b.exclusion.id),
    )[0];
}

function without(kept: Kept, { exclusion: { id }, ruleId }: ForRule): Kept {
  return new Map([...kept, [id, (kept.get(id) ?? []).filter((one) => one !== ruleId)]]);
}

function variableOf(exclusion: Exclusion): LeftInForce['variable'] {
  return exclusion.effect === 'remove-target' ? exclusion.variable : { collection: 'every variable' };
}

function withRules(exclusion: Exclusion, ruleIds: readonly RuleId[]): readonly Exclusion[] {
  return ruleIds.length === 0 ? [] : [{ ...exclusion, ruleIds }];
}

function savingOf({ exclusion, ruleId }: ForRule, kept: Kept, cost: Budget['cost']): number {
  const ruleIds = kept.get(exclusion.id) ?? [];
  const rest = ruleIds.filter((id) => id !== ruleId);
  return cost(exclusion, ruleIds) - cost(exclusion, rest);
}

/** The hits of a case that no exclusion takes away. */
function remainingHits(
  { hits, exclusions: acting }: FalsePositive,
  exclusions: readonly Exclusion[],
  kept: Kept,
): readonly RuleHit[] {
  const here = exclusions.filter(({ id }) => acting.has(id));
  const isFor = (one: Exclusion, hit: RuleHit) => (kept.get(one.id) ?? []).includes(hit.ruleId);
  return hits.filter((hit) => !here.some((one) => isFor(one, hit) && covers(one, hit, here)));
}

/** A hit is taken away by the exclusion of its variable; where none names it, by any of its rule. */
function covers(exclusion: Exclusion, hit: RuleHit, here: readonly Exclusion[]): boolean {
  if (hides(exclusion, hit)) return true;
  return !here.some((other) => !isForWholeRule(other) && other.ruleIds.includes(hit.ruleId) && hides(other, hit));
}
