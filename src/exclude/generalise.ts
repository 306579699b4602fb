import { familyOf, isFamily, largestIndex } from '../model/array-names.js';
import type { Exclusion } from '../model/exclusion.js';
import { groupBy } from '../util/group-by.js';
import { exclusionId } from './exclusion-id.js';

/**
 * Exclusions for single elements of an array as one for the array, where several elements prove that it is one, or the
 * user says how many elements an array may have. What is true of one element is true of its neighbours.
 * @param elements how many elements of each array are meant at least; 0 leaves it to what was seen
 */
export function generaliseArrays(exclusions: readonly Exclusion[], elements = 0): readonly Exclusion[] {
  const families = groupBy(exclusions, (one) =>
    exclusionId({ ...one, ...(one.variable && { variable: familyOf(one.variable) }) }),
  );
  return [...families.values()].flatMap((group) => merge(group, elements)).sort((a, b) => (a.id < b.id ? -1 : 1));
}

/** More names than that are no longer an exclusion that anybody reads. */
const mostNames = 200;

function arraysIn(key = ''): number {
  return key.split('.array_*').length - 1;
}

function merge(group: readonly Exclusion[], elements: number): readonly Exclusion[] {
  const [first] = group;
  if (first?.variable === undefined) return group;
  const variable = familyOf(first.variable);
  if (!isFamily(variable) || (group.length < 2 && elements === 0)) return group;
  const seen = Math.max(...group.map((one) => (one.variable ? largestIndex(one.variable) : -1))) + 1;
  const length = Math.max(seen, elements);
  if (length ** arraysIn(variable.key) > mostNames) return group;
  return [
    {
      ...first,
      id: exclusionId({ ...first, variable }),
      variable,
      elements: length,
      ruleIds: [...new Set(group.flatMap(({ ruleIds }) => ruleIds))].sort((a, b) => a - b),
      ladder: group.flatMap(({ ladder = [] }) => ladder),
    },
  ];
}
