import type { FieldNames } from '../contract/field-names.js';
import type { Exclusion } from '../model/exclusion.js';
import { groupBy } from '../util/group-by.js';
import { exclusionId } from './exclusion-id.js';

/**
 * Exclusions for single elements of an array as one for the array, where several elements prove that it is one, or the
 * user says how many elements an array may have. What is true of one element is true of its neighbours.
 * @param elements how many elements of each array are meant at least; 0 leaves it to what was seen
 */
export function generaliseArrays(
  exclusions: readonly Exclusion[],
  names: ArrayNames,
  elements = 0,
): readonly Exclusion[] {
  const families = groupBy(exclusions, (one) =>
    exclusionId({ ...one, ...(one.variable && { variable: names.generalise(one.variable) }) }),
  );
  return [...families.values()]
    .flatMap((group) => merge(group, names, elements))
    .sort((a, b) => (a.id < b.id ? -1 : 1));
}

type ArrayNames = Pick<FieldNames, 'generalise' | 'arraysOf'>;

/** More names than that are no longer an exclusion that anybody reads. */
const mostNames = 200;

function merge(group: readonly Exclusion[], names: ArrayNames, elements: number): readonly Exclusion[] {
  const [first] = group;
  if (first?.variable === undefined) return group;
  const variable = names.generalise(first.variable);
  const { count } = names.arraysOf(first.variable);
  if (count === 0 || (group.length < 2 && elements === 0)) return group;
  const seen = group.map((one) => (one.variable ? names.arraysOf(one.variable).length : 0));
  const length = Math.max(...seen, elements);
  if (length ** count > mostNames) return group;
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
