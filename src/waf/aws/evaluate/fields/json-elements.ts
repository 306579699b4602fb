import type { MatchScope } from '../../acl/field-to-match.js';
import type { JsonElement, JsonLocation } from './read-json.js';

/** The names that a JSON pointer (RFC 6901) leads through. */
export function pointerNames(pointer: string): readonly string[] {
  if (pointer === '') return [];
  return pointer
    .slice(pointer.startsWith('/') ? 1 : 0)
    .split('/')
    .map((name) => Buffer.from(name.replaceAll('~1', '/').replaceAll('~0', '~')).toString('latin1'));
}

/**
 * Whether a statement looks at an element. Keys that the pointer itself leads through are not inspected, only what is
 * beneath, and the value at its end.
 */
export function isIncluded(
  element: JsonElement,
  pointers: readonly (readonly string[])[] | 'all',
  scope: MatchScope,
): boolean {
  if (scope !== 'ALL' && (scope === 'KEY') !== (element.kind === 'key')) return false;
  return pointers === 'all' || pointers.some((names) => isBeneath(element, names));
}

function isBeneath({ kind, place }: JsonElement, names: readonly string[]): boolean {
  if (place.depth < names.length || (kind === 'key' && place.depth === names.length)) return false;
  let at: JsonLocation | undefined = place;
  while (at !== undefined && at.depth > names.length) at = at.parent;
  for (let depth = names.length; depth > 0 && at !== undefined; depth--) {
    if (at.name !== names[depth - 1]) return false;
    at = at.parent;
  }
  return true;
}
