import type { Pair } from '../../model/request.js';

/** More arguments than the engine accepts (`SecArgumentsLimit`) need no names. */
const limit = 2000;

/**
 * The arguments that libmodsecurity 3 makes of a JSON body: `{"a":{"b":[1]}}` is `json.a.b.array_0` with value `1`; a
 * bare value is `json`, an empty key `empty-key`. Nothing for text that is not JSON, as in the engine.
 */
export function jsonArguments(text: string): readonly Pair[] {
  const found: Pair[] = [];
  try {
    collect('json', JSON.parse(text), found);
  } catch {
    return [];
  }
  return found;
}

function collect(name: string, value: unknown, found: Pair[]): void {
  if (found.length >= limit) return;
  if (Array.isArray(value)) {
    value.forEach((item, index) => {
      collect(`${name}.array_${index}`, item, found);
    });
  } else if (typeof value === 'object' && value !== null) {
    for (const [key, inner] of Object.entries(value)) collect(`${name}.${key || 'empty-key'}`, inner, found);
  } else {
    found.push([name, value === null ? '' : String(value)]);
  }
}
