import type { FieldNames } from '../contract/field-names.js';
import type { RuleHit } from '../model/evidence.js';
import type { Exclusion, LeftInForce } from '../model/exclusion.js';

/** A false positive with all hits that it has when nothing is excluded, as far as exclusions act on it. */
export interface ScoredCase {
  readonly hits: readonly RuleHit[];
  /** Ids of the exclusions that act on it. */
  readonly exclusions: ReadonlySet<string>;
}

/** What a legitimate request may score, and what it costs to hide a place from rules. */
export interface Budget {
  /** The largest score that a cleared case may keep. */
  readonly allowed: number;
  /** How many attacks pass when the place of an exclusion is hidden from these rules only. */
  cost(exclusion: Exclusion, ruleIds: readonly number[]): number;
  /** Whether one variable is the other one, or stands for it. */
  readonly includes: FieldNames['includes'];
}

export interface Choice {
  readonly exclusions: readonly Exclusion[];
  readonly left: readonly LeftInForce[];
}

interface Unit {
  readonly exclusion: Exclusion;
  readonly ruleId: number;
}

/**
 * Not every hit must go: of exclusions that clear all of them, those are left out that lose most detection, as long as
 * every case stays within what it may score. It takes the largest saving first, and what saves nothing last, since the
 * fewest exclusions are the best of those that cost the same.
 */
export function chooseExclusions(
  exclusions: readonly Exclusion[],
  cases: readonly ScoredCase[],
  { allowed, cost, includes }: Budget,
): Choice {
  const kept = new Map(exclusions.map((one) => [one.id, one.ruleIds]));
  const left: LeftInForce[] = [];
  const affordable = ({ exclusion, ruleId }: Unit) =>
    cases.every(
      (one) =>
        !one.exclusions.has(exclusion.id) ||
        scoreWithout(one, { exclusion, ruleId }, { exclusions, kept, includes }) <= allowed,
    );
  for (;;) {
    const open = exclusions.flatMap((exclusion) =>
      (kept.get(exclusion.id) ?? []).map((ruleId) => ({ exclusion, ruleId })),
    );
    const best = open
      .filter(affordable)
      .map((unit) => ({ unit, saving: savingOf(unit, kept.get(unit.exclusion.id) ?? [], cost) }))
      .sort(
        (a, b) =>
          b.saving - a.saving || a.unit.ruleId - b.unit.ruleId || (a.unit.exclusion.id < b.unit.exclusion.id ? -1 : 1),
      )[0];
    if (best === undefined) break;
    const { exclusion, ruleId } = best.unit;
    kept.set(
      exclusion.id,
      (kept.get(exclusion.id) ?? []).filter((id) => id !== ruleId),
    );
    const variable = exclusion.variable ?? { collection: 'every variable' };
    left.push({ ruleId, variable, scope: exclusion.scope, spares: best.saving });
  }
  return { exclusions: exclusions.flatMap((one) => withRules(one, kept.get(one.id) ?? [])), left };
}

function withRules(exclusion: Exclusion, ruleIds: readonly number[]): readonly Exclusion[] {
  return ruleIds.length === 0 ? [] : [{ ...exclusion, ruleIds }];
}

function savingOf({ exclusion, ruleId }: Unit, ruleIds: readonly number[], cost: Budget['cost']): number {
  return (
    cost(exclusion, ruleIds) -
    cost(
      exclusion,
      ruleIds.filter((id) => id !== ruleId),
    )
  );
}

interface InForce extends Pick<Budget, 'includes'> {
  readonly exclusions: readonly Exclusion[];
  readonly kept: ReadonlyMap<string, readonly number[]>;
}

/** The score of a case when one more unit is left out: points of all hits that no exclusion takes away. */
function scoreWithout(
  { hits, exclusions: acting }: ScoredCase,
  { exclusion: leaving, ruleId }: Unit,
  { exclusions, kept, includes }: InForce,
): number {
  const rulesOf = (one: Exclusion) => {
    const ruleIds = kept.get(one.id) ?? [];
    return one.id === leaving.id ? ruleIds.filter((id) => id !== ruleId) : ruleIds;
  };
  const here = exclusions.filter(({ id }) => acting.has(id));
  const stays = (hit: RuleHit) =>
    !here.some((one) => rulesOf(one).includes(Number(hit.ruleId)) && covers(one, hit, here, includes));
  return hits.filter(stays).reduce((sum, { scoring = 0 }) => sum + scoring, 0);
}

/** A hit is taken away by the exclusion of its variable; where none names it, by any of its rule. */
function covers(
  { variable }: Exclusion,
  hit: RuleHit,
  here: readonly Exclusion[],
  includes: Budget['includes'],
): boolean {
  if (variable === undefined || includes(variable, hit.variable)) return true;
  return !here.some(
    (other) =>
      other.variable !== undefined &&
      other.ruleIds.includes(Number(hit.ruleId)) &&
      includes(other.variable, hit.variable),
  );
}
