import { type Choice, chooseExclusions, type ScoredCase } from '../../exclude/choose-exclusions.js';
import type { Exclusion, RefusedExclusion } from '../../model/exclusion.js';
import type { CaseResult } from '../../model/report.js';
import { trialRules } from '../../waf/modsecurity/dialects/trial.js';
import { modsecurityFieldNames } from '../../waf/modsecurity/field-names.js';
import { actsOn } from './acts-on.js';
import { evaluateCases, isBlocked } from './evaluate-cases.js';
import type { Ground } from './ground.js';
import { needs } from './neighbours.js';
import { inDanger, type Place } from './price.js';

/**
 * The exclusions that are worth their price, where the user allows that hits stay. What was chosen is asked of the
 * engine: where a case does not stay as far under the threshold as it must, all exclusions of its endpoint are kept.
 */
export async function choose(
  exclusions: readonly Exclusion[],
  places: ReadonlyMap<string, Place>,
  { settings: { margin }, workshop, before, blocked }: Ground,
): Promise<Choice> {
  if (margin === undefined) return { exclusions, left: [] };
  const allowed = before.threshold - margin;
  const cost = ({ id }: Exclusion, ruleIds: readonly number[]) => {
    const place = places.get(id);
    return place === undefined ? 0 : inDanger(place, ruleIds, before.threshold).length;
  };
  const chosen = chooseExclusions(
    exclusions,
    blocked.map((one) => scoredCase(one, exclusions)),
    { allowed, cost, includes: modsecurityFieldNames.includes },
  );
  const after = await workshop.with(trialRules(chosen.exclusions, workshop.firstId), (bench) =>
    evaluateCases(blocked, bench),
  );
  const failing = after.filter((one) => isBlocked(one) || (one.score?.inbound ?? 0) > allowed);
  const isRestored = (exclusion: Exclusion) => failing.some(({ request }) => actsOn(exclusion, request));
  const spared = new Map(chosen.exclusions.map((one) => [one.id, one]));
  return {
    exclusions: exclusions.flatMap((one) => (isRestored(one) ? [one] : (spared.get(one.id) ?? []))),
    left: chosen.left.filter(({ scope }) => !failing.some(({ request }) => actsOn({ scope }, request))),
  };
}

function scoredCase({ hits, request }: CaseResult, exclusions: readonly Exclusion[]): ScoredCase {
  return { hits, exclusions: new Set(exclusions.filter((one) => actsOn(one, request)).map(({ id }) => id)) };
}

/**
 * Exclusions within the loss that the user allows, and those beyond it. What only serves cases that stay blocked without
 * the latter would open something for nothing, so it is left out as well.
 */
export function refuse(
  exclusions: readonly Exclusion[],
  cases: readonly CaseResult[],
  maxLoss: number | undefined,
): { readonly exclusions: readonly Exclusion[]; readonly refused: readonly RefusedExclusion[] } {
  const limit = maxLoss ?? 100;
  const tooMuch = exclusions.filter((one) => lossPercent(one) > limit);
  const lost = cases.filter((one) => tooMuch.some((exclusion) => needs(one, exclusion)));
  const served = cases.filter((one) => !lost.includes(one));
  const isVain = (one: Exclusion) =>
    lost.some((result) => needs(result, one)) && !served.some((result) => needs(result, one));
  const vain = exclusions.filter((one) => !tooMuch.includes(one) && isVain(one));
  return {
    exclusions: exclusions.filter((one) => !tooMuch.includes(one) && !vain.includes(one)),
    refused: [
      ...tooMuch.map((exclusion) => ({
        exclusion,
        reason: `it lets ${lossPercent(exclusion).toFixed(1)} % of the attacks through, and ${limit} % are allowed`,
      })),
      ...vain.map((exclusion) => ({ exclusion, reason: 'its cases stay blocked without one that costs too much' })),
    ],
  };
}

function lossPercent({ detectionLoss }: Exclusion): number {
  if (detectionLoss === undefined || detectionLoss.blockedBefore === 0) return 0;
  return (detectionLoss.lost / detectionLoss.blockedBefore) * 100;
}
