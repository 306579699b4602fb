import type { Exclusion } from '../model/exclusion.js';
import { sortedIds } from '../util/compare-ids.js';

/** Exclusions for single rules that may share a scope and a variable, each of which becomes one again. */
export function mergeExclusions(exclusions: readonly Exclusion[]): readonly Exclusion[] {
  const merged = new Map<string, Exclusion>();
  for (const one of exclusions) {
    const known = merged.get(one.id)?.ruleIds ?? [];
    merged.set(one.id, { ...one, ruleIds: sortedIds([...known, ...one.ruleIds]) });
  }
  return [...merged.values()];
}
