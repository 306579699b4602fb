import type { EngineName } from '../../../contract/dialect.js';
import { elementsOf } from '../../../model/array-names.js';
import { formatVariable, type Variable } from '../../../model/evidence.js';
import type { Exclusion } from '../../../model/exclusion.js';

/** The variables that an exclusion takes away, under the names that each of the engines gives them; none twice. */
export function namesFor(exclusion: Exclusion, engines: readonly EngineName[]): readonly Variable[] {
  const { variable, elements = 1, json } = exclusion;
  if (variable === undefined) return [];
  const named = elementsOf(variable, elements);
  const spelled = engines.flatMap((engine) => named.map((one) => (json ? jsonName(one, engine) : one)));
  return [...new Map(spelled.map((one) => [formatVariable(one), one])).values()];
}

/** How an engine calls an argument from JSON that libmodsecurity 3 calls `json.items.array_0.note`. */
function jsonName(variable: Variable, engine: EngineName): Variable {
  const { key } = variable;
  if (key === undefined || !/^json(?:\.|$)/.test(key)) return variable;
  if (engine === 'modsecurity2') return { ...variable, key: nameInModSecurity2(key) };
  return engine === 'coraza' ? { ...variable, key: nameInCoraza(key) } : variable;
}

/**
 * Coraza has the prefix, numbers the elements of an array, as which it takes a body that is one value, and leaves out what
 * has no name (internal/bodyprocessors/json.go).
 */
function nameInCoraza(key: string): string {
  if (key === 'json') return 'json.0';
  return key.replace(/\.array_(\d+)(?=\.|$)/g, '.$1').replace(/\.empty-key(?=\.|$)/g, '.');
}

/**
 * mod_security2 has no prefix, and names an element after its array: `items.items.note`. An array that is the whole body
 * is called `array`, and what has no name has an empty one (apache2/msc_json.c).
 */
function nameInModSecurity2(key: string): string {
  const parts: string[] = [];
  for (const part of key.split('.').slice(1)) {
    const isElement = /^array_\d+$/.test(part);
    if (isElement && parts.length === 0) parts.push('array');
    parts.push(isElement ? (parts.at(-1) ?? '') : part.replace(/^empty-key$/, ''));
  }
  return parts.join('.');
}
