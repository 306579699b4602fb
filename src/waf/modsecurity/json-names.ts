import { anyElement, type JsonStep } from '../../model/field.js';
import type { EngineName } from './dialects/rule-dialect.js';

/** How an engine calls what is at a path in a JSON body. */
export function jsonName(path: readonly JsonStep[], engine: EngineName): string {
  switch (engine) {
    case 'modsecurity2':
      return nameInModSecurity2(path);
    case 'modsecurity3':
      return ['json', ...path.map(stepInModSecurity3)].join('.');
    case 'coraza':
      return path.length === 0 ? 'json.0' : ['json', ...path.map((step) => step ?? '*')].join('.');
  }
}

/** libmodsecurity 3 calls the first element `array_0`, and `array_*` is our name for any; what has no name is `empty-key`. */
function stepInModSecurity3(step: JsonStep): string {
  if (step === anyElement) return 'array_*';
  return typeof step === 'number' ? `array_${step}` : step || 'empty-key';
}

/**
 * mod_security2 has no prefix, and names an element after its array: `items.items.note`. An array that is the whole body
 * is called `array`, and what has no name has an empty one (apache2/msc_json.c).
 */
function nameInModSecurity2(path: readonly JsonStep[]): string {
  const names: string[] = [];
  for (const step of path) {
    if (typeof step === 'string') names.push(step);
    else if (names.length === 0) names.push('array', 'array');
    else names.push(names.at(-1) ?? '');
  }
  return names.join('.');
}

/**
 * The path that libmodsecurity 3 means by a name such as `json.items.array_0.note`, as far as the name alone tells: the
 * name of a member may have a dot in it, or look like that of an element. Nothing where it is no name from JSON.
 */
export function pathOfName(name: string): readonly JsonStep[] | undefined {
  const [prefix, ...steps] = name.split('.');
  return prefix === 'json' ? steps.map(stepOfName) : undefined;
}

function stepOfName(step: string): JsonStep {
  if (step === 'array_*') return anyElement;
  const [, index] = /^array_(\d+)$/.exec(step) ?? [];
  if (index !== undefined) return Number(index);
  return step === 'empty-key' ? '' : step;
}
