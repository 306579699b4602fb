import { formatVariable, type Variable } from '../../model/evidence.js';
import { fitsTemplate, hasPlaceholder } from '../../model/placeholders.js';
import { certainTemplate, type TemplateOfName } from '../../request/name-templates.js';

/**
 * libmodsecurity 3 gives each element of a JSON array a name of its own: `json.items.array_0.note`, `json.items.array_1.note`.
 * `array_*` in a name stands for all of them, as a placeholder such as `{number}` does for what is generated.
 */
const element = /\.array_(\d+)(?=\.|$)/g;
const everyElement = /\.array_\*(?=\.|$)/g;
const family = /\.array_\*(?=\.|$)/;

/** Collections in which names are those that an application gives to its fields. */
const ownNames = /^(?:ARGS(?:_GET|_POST)?|REQUEST_COOKIES|FILES|MULTIPART_PART_HEADERS)(?:_NAMES)?$/;

/** What an earlier rule took from `ARGS_NAMES:row[7]` (CRS 921170). */
const counter = /^paramcounter_ARGS_NAMES:/;

/** The variable with `array_*` for each index and a placeholder for each generated part; itself where its name has none. */
export function familyOf(variable: Variable, templateOf: TemplateOfName = certainTemplate): Variable {
  const { collection, key } = variable;
  if (key === undefined) return variable;
  const isOwn = ownNames.test(collection) || (collection === 'TX' && counter.test(key));
  return isOwn ? { ...variable, key: familyName(key, templateOf) } : variable;
}

function familyName(key: string, templateOf: TemplateOfName): string {
  if (!key.startsWith('json.')) return templateOf(key);
  const steps = key.slice('json.'.length).split('.');
  return ['json', ...steps.map((step) => (/^array_(?:\d+|\*)$/.test(step) ? 'array_*' : templateOf(step)))].join('.');
}

/** Whether a variable stands for several: those of the elements of an array, or of names with a generated part. */
export function isFamily({ key }: Variable): boolean {
  return key !== undefined && (family.test(key) || hasPlaceholder(key));
}

/** Whether a variable is the other one, or one of those that it stands for. */
export function includesVariable(variable: Variable, other: Variable): boolean {
  if (formatVariable(variable) === formatVariable(other)) return true;
  const { collection, key } = variable;
  if (key === undefined || other.key === undefined || collection !== other.collection) return false;
  return fitsTemplate(key.replace(everyElement, '.array_{number}'), other.key);
}

/** The largest index in the name of a variable; -1 where there is none. */
export function largestIndex({ key = '' }: Variable): number {
  return Math.max(-1, ...[...key.matchAll(element)].map(([, index]) => Number(index)));
}

/** The variables that one with `array_*` stands for, with so many elements in each array. */
export function elementsOf(variable: Variable, elements: number): readonly Variable[] {
  if (!family.test(variable.key ?? '')) return [variable];
  return Array.from({ length: elements }, (_, index) => ({
    ...variable,
    key: (variable.key ?? '').replace(family, `.array_${index}`),
  })).flatMap((one) => elementsOf(one, elements));
}
