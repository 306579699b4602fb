import type { Bench, RuleKnowledge } from '../contract/prover.js';
import { actsOn } from '../exclude/acts-on.js';
import { type Choice, chooseExclusions, type FalsePositive } from '../exclude/choose-exclusions.js';
import type { RuleId } from '../model/evidence.js';
import type { Exclusion } from '../model/exclusion.js';
import type { CaseResult } from '../model/report.js';
import { evaluateCases } from './evaluate-cases.js';
import type { MatchMatrix } from './match-matrix.js';
import type { PricedPlaces } from './price.js';

/** What a choice rests on. */
export interface ChoiceSources {
  /** The false positives that the exclusions clear. */
  readonly blocked: readonly CaseResult[];
  readonly places: PricedPlaces;
  readonly matrix: MatchMatrix;
  readonly rules: RuleKnowledge;
  /** How far from a block a cleared case must stay. */
  readonly margin: number;
  /** Asks an engine under exclusions which counts requests as blocked that come closer to a block than the margin. */
  ask<T>(exclusions: readonly Exclusion[], use: (bench: Bench) => Promise<T>): Promise<T>;
}

/**
 * The exclusions that are worth their price, where the user allows that hits stay. What was chosen is asked of the
 * engine: where a case does not stay as far from a block as it must, all exclusions of its endpoint are kept.
 */
export async function choose(exclusions: readonly Exclusion[], sources: ChoiceSources): Promise<Choice> {
  const { blocked, rules, margin, ask } = sources;
  const chosen = chooseExclusions(
    exclusions,
    blocked.map((one) => falsePositive(one, exclusions)),
    { passes: (hits) => rules.outcomeOf(hits, margin) === 'passed', cost: costIn(sources) },
  );
  const after = await ask(chosen.exclusions, (bench) => evaluateCases(blocked, bench));
  const failing = after.filter(({ verdict }) => verdict.kind !== 'let-through');
  const isRestored = (one: { readonly scope: Exclusion['scope'] }) =>
    failing.some(({ request }) => actsOn(one, request));
  const spared = new Map(chosen.exclusions.map((one) => [one.id, one]));
  return {
    exclusions: exclusions.flatMap((one) => (isRestored(one) ? [one] : (spared.get(one.id) ?? []))),
    left: chosen.left.filter((one) => !isRestored(one)),
  };
}

/** How many attacks may pass; none where the place is not known, or no attack is blocked there. */
function costIn({ places, matrix }: ChoiceSources): (exclusion: Exclusion, ruleIds: readonly RuleId[]) => number {
  return ({ id }, ruleIds) => {
    const here = places.get(id);
    return here === undefined ? 0 : matrix.inDanger(here.blocked, ruleIds).length;
  };
}

function falsePositive({ hits, request }: CaseResult, exclusions: readonly Exclusion[]): FalsePositive {
  return { hits, exclusions: new Set(exclusions.filter((one) => actsOn(one, request)).map(({ id }) => id)) };
}
