import { needs } from '../exclude/acts-on.js';
import type { Exclusion, RefusedExclusion } from '../model/exclusion.js';
import type { CaseResult } from '../model/report.js';
import { wilsonInterval } from '../util/wilson-interval.js';

/** Exclusions that may be written, and those that may not. */
export interface WithinLoss {
  readonly exclusions: readonly Exclusion[];
  readonly refused: readonly RefusedExclusion[];
}

/**
 * Exclusions within the loss that the user allows, and those beyond it. What only serves cases that stay blocked without
 * the latter would open something for nothing, so it is left out as well.
 * @param maxLoss percent of the attacks that were blocked before
 */
export function refuse(exclusions: readonly Exclusion[], cases: readonly CaseResult[], maxLoss = 100): WithinLoss {
  const tooMuch = exclusions.filter((one) => lossPercent(one) > maxLoss);
  return without(tooMuch, exclusions, cases, (one) => tooMuchText(one, maxLoss));
}

/**
 * The same by the price in a sample of the attacks: only what costs too much for certain is refused, so that the rest is
 * priced with all of them.
 */
export function refuseBySample(
  exclusions: readonly Exclusion[],
  cases: readonly CaseResult[],
  maxLoss = 100,
): WithinLoss {
  const tooMuch = exclusions.filter(({ detectionLoss = { lost: 0, blockedBefore: 0 } }) => {
    const { lost, blockedBefore } = detectionLoss;
    return wilsonInterval(lost, blockedBefore).low * 100 > maxLoss;
  });
  return without(tooMuch, exclusions, cases, (one) => {
    const { lost, blockedBefore } = one.detectionLoss ?? { lost: 0, blockedBefore: 0 };
    return `${tooMuchText(one, maxLoss)} (by a sample: ${lost} of ${blockedBefore})`;
  });
}

function without(
  tooMuch: readonly Exclusion[],
  exclusions: readonly Exclusion[],
  cases: readonly CaseResult[],
  textOf: (exclusion: Exclusion) => string,
): WithinLoss {
  const lost = cases.filter((one) => tooMuch.some((exclusion) => needs(one, exclusion)));
  const served = cases.filter((one) => !lost.includes(one));
  const isVain = (one: Exclusion) =>
    lost.some((result) => needs(result, one)) && !served.some((result) => needs(result, one));
  const vain = exclusions.filter((one) => !tooMuch.includes(one) && isVain(one));
  return {
    exclusions: exclusions.filter((one) => !tooMuch.includes(one) && !vain.includes(one)),
    refused: [
      ...tooMuch.map((exclusion) => ({ exclusion, reason: textOf(exclusion) })),
      ...vain.map((exclusion) => ({ exclusion, reason: 'its cases stay blocked without one that costs too much' })),
    ],
  };
}

function tooMuchText(exclusion: Exclusion, maxLoss: number): string {
  const percent = lossPercent(exclusion).toFixed(1);
  return `it lets ${percent} % of the attacks through, and ${maxLoss} % are allowed`;
}

function lossPercent({ detectionLoss }: Exclusion): number {
  if (detectionLoss === undefined || detectionLoss.blockedBefore === 0) return 0;
  return (detectionLoss.lost / detectionLoss.blockedBefore) * 100;
}
