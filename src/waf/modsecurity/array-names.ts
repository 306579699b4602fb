import { formatVariable, type Variable } from '../../model/evidence.js';

/**
 * libmodsecurity 3 gives each element of a JSON array a name of its own: `json.items.array_0.note`, `json.items.array_1.note`.
 * `array_*` in a name stands for all of them.
 */
const element = /\.array_(\d+)(?=\.|$)/g;
const family = /\.array_\*(?=\.|$)/;

/** The variable with `array_*` for each index; the variable itself where its name has none. */
export function familyOf(variable: Variable): Variable {
  const { key } = variable;
  if (key === undefined || !key.startsWith('json.')) return variable;
  return { ...variable, key: key.replace(element, '.array_*') };
}

export function isFamily({ key }: Variable): boolean {
  return key !== undefined && family.test(key);
}

/** Whether a variable is the other one, or one of those that it stands for. */
export function includesVariable(variable: Variable, other: Variable): boolean {
  const meant = isFamily(variable) ? familyOf(other) : other;
  return formatVariable(variable) === formatVariable(meant);
}

/** The largest index in the name of a variable; -1 where there is none. */
export function largestIndex({ key = '' }: Variable): number {
  return Math.max(-1, ...[...key.matchAll(element)].map(([, index]) => Number(index)));
}

/** The variables that one with `array_*` stands for, with so many elements in each array. */
export function elementsOf(variable: Variable, elements: number): readonly Variable[] {
  if (!isFamily(variable)) return [variable];
  return Array.from({ length: elements }, (_, index) => ({
    ...variable,
    key: (variable.key ?? '').replace(family, `.array_${index}`),
  })).flatMap((one) => elementsOf(one, elements));
}
