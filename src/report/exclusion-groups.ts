import type { Exclusion, ExclusionScope } from '../model/exclusion.js';
import { groupBy } from '../util/group-by.js';

/** The exclusions of one endpoint, or those that act on every request. */
export interface ExclusionGroup {
  readonly scope: ExclusionScope;
  readonly exclusions: readonly Exclusion[];
}

/**
 * Exclusions by where they apply. What reaches beyond one endpoint comes first, as it deserves the closest look; then
 * endpoints, those with most findings first.
 */
export function groupExclusions(exclusions: readonly Exclusion[] = []): readonly ExclusionGroup[] {
  return [...groupBy(exclusions, ({ scope }) => JSON.stringify([scope.method, scope.path])).values()]
    .map((group) => ({ scope: group[0]?.scope ?? {}, exclusions: group.toSorted(byFindings) }))
    .sort((a, b) => Number(isEndpoint(a.scope)) - Number(isEndpoint(b.scope)) || findingsOf(b) - findingsOf(a));
}

/** Whether a scope is one endpoint, and not many requests or all. */
export function isEndpoint({ method, path }: ExclusionScope): boolean {
  return method !== undefined && path !== undefined;
}

/** Whether an exclusion takes away more than one field at one endpoint, or changes a setting for more than one endpoint. */
export function isWider({ effect, scope, widerBecause }: Exclusion): boolean {
  return effect === 'remove-rule' || !isEndpoint(scope) || widerBecause !== undefined;
}

/** The part of the attacks blocked before that an exclusion lets through, 0 to 1; absent where it was not measured or is not known. */
export function lossShare({ detectionLoss }: Exclusion): number | undefined {
  if (detectionLoss === undefined) return undefined;
  const { lost, blockedBefore, undecided = 0 } = detectionLoss;
  if (blockedBefore === 0 && undecided > 0) return undefined;
  return blockedBefore === 0 ? 0 : Math.min(1, lost / blockedBefore);
}

/** The exclusions that let most attacks through, the most costly first. */
export function costliest(exclusions: readonly Exclusion[], count: number): readonly Exclusion[] {
  return exclusions
    .filter(({ detectionLoss }) => (detectionLoss?.lost ?? 0) > 0)
    .toSorted((a, b) => (b.detectionLoss?.lost ?? 0) - (a.detectionLoss?.lost ?? 0))
    .slice(0, count);
}

function byFindings(a: Exclusion, b: Exclusion): number {
  return b.findings.length - a.findings.length;
}

function findingsOf({ exclusions }: ExclusionGroup): number {
  return exclusions.reduce((sum, { findings }) => sum + findings.length, 0);
}
