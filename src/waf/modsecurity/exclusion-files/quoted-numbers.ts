import type { Edit } from './items.js';
import { type IdRange, idRanges } from './reach.js';
import type { ExclusionUnit, Selector } from './unit.js';

/**
 * Numbers in quotes, which ModSecurity 2 understands and libmodsecurity 3 refuses, without them: what the engine here then removes is
 * what ModSecurity 2 does. Of several it takes those between commas, and the first of those between blanks.
 */
export function withoutQuotes(units: readonly ExclusionUnit[]): readonly Edit[] {
  return units.flatMap(({ effect, host, change: { list, index } }): readonly Edit[] => {
    const item = list.items[index];
    if (effect.kind !== 'remove-rule' || host !== undefined || item === undefined || !effect.rules.quoted) return [];
    const numbers = readBy2(effect.rules);
    return numbers.length === 0 ? [] : [{ start: item.start, end: item.end, text: numbers.map(spelled).join(' ') }];
  });
}

function readBy2({ by, text }: Selector): readonly IdRange[] {
  const ranges = by === 'id' ? idRanges(text) : [];
  return /\s/.test(text.trim()) ? ranges.slice(0, 1) : ranges;
}

function spelled([first, last]: IdRange): string {
  return first === last ? `${first}` : `${first}-${last}`;
}
