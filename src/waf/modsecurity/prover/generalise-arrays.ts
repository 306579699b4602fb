import { exclusionId } from '../../../exclude/exclusion-id.js';
import type { Exclusion, RemoveTarget } from '../../../model/exclusion.js';
import { ofAnyElement } from '../../../request/field-paths.js';
import { sortedIds } from '../../../util/compare-ids.js';
import { groupBy } from '../../../util/group-by.js';
import { familyOf, isFamily, largestIndex } from '../array-names.js';

/**
 * Exclusions for single elements of an array as one for the array, where several elements prove that it is one, or the
 * user says how many elements an array may have. What is true of one element is true of its neighbours.
 * @param elements how many elements of each array are meant at least; 0 leaves it to what was seen
 */
export function generaliseArrays(exclusions: readonly Exclusion[], elements = 0): readonly Exclusion[] {
  const families = groupBy(exclusions, (one) => exclusionId(asFamily(one), one.scope));
  return [...families.values()].flatMap((group) => merge(group, elements)).sort((a, b) => (a.id < b.id ? -1 : 1));
}

function asFamily(exclusion: Exclusion): Exclusion {
  return exclusion.effect === 'remove-target' ? { ...exclusion, variable: familyOf(exclusion.variable) } : exclusion;
}

/** More names than that are no longer an exclusion that anybody reads. */
const mostNames = 200;

function arraysIn(key = ''): number {
  return key.split('.array_*').length - 1;
}

function isRemoval(exclusion: Exclusion): exclusion is Exclusion & RemoveTarget {
  return exclusion.effect === 'remove-target';
}

function merge(group: readonly Exclusion[], elements: number): readonly Exclusion[] {
  const removals = group.filter(isRemoval);
  const [first] = removals;
  if (first === undefined) return group;
  const variable = familyOf(first.variable);
  if (!isFamily(variable) || (removals.length < 2 && elements === 0)) return group;
  const seen = Math.max(...removals.map((one) => largestIndex(one.variable))) + 1;
  const length = Math.max(seen, elements);
  if (length ** arraysIn(variable.key) > mostNames) return group;
  return [
    {
      ...first,
      id: exclusionId({ ...first, variable }, first.scope),
      variable,
      ...(first.field !== undefined && { field: ofAnyElement(first.field) }),
      elements: length,
      ruleIds: sortedIds(removals.flatMap(({ ruleIds }) => ruleIds)),
      ladder: removals.flatMap(({ ladder = [] }) => ladder),
    },
  ];
}
