import type { Exclusion, ExclusionScope, LadderStep, RemoveTarget } from '../../../model/exclusion.js';

interface Tried {
  readonly exclusion: Exclusion & RemoveTarget;
  readonly obstacle: string | undefined;
}

const nextOne = 'a part of the name is generated: the next request would be blocked';

/**
 * The forms of an exclusion for a name that is generated: the name as it is, which would do for one request, then the
 * template in each scope that was tried, and what is wider.
 * @param ladder the forms that were considered for the name
 */
export function templateLadder(
  ladder: readonly LadderStep[],
  tried: readonly Tried[],
  chosen: Tried['exclusion'],
): readonly LadderStep[] {
  const own = ladder.find(({ outcome }) => outcome === 'chosen');
  if (own === undefined) return ladder;
  const left = ladder.slice(0, ladder.indexOf(own)).filter((step) => step.effect !== 'remove-target');
  const after = ladder.slice(ladder.indexOf(own) + 1).filter((step) => step.effect !== 'remove-target');
  const inScope = ({ exclusion, obstacle }: Tried): LadderStep => ({
    effect: 'remove-target',
    ruleIds: own.ruleIds,
    variables: [chosen.variable],
    scope: exclusion.scope,
    ...outcomeOf(exclusion.scope, chosen.scope, obstacle),
  });
  return [...left, { ...own, outcome: 'insufficient', reason: nextOne }, ...tried.map(inScope), ...after];
}

function outcomeOf(scope: ExclusionScope, chosen: ExclusionScope, obstacle: string | undefined) {
  if (scope === chosen) return { outcome: 'chosen' } as const;
  return obstacle === undefined
    ? ({ outcome: 'wider' } as const)
    : ({ outcome: 'impossible', reason: obstacle } as const);
}
