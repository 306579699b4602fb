import { type Draft, isDraftList, type Packed } from '../../../model/draft.js';
import { packKey } from '../../../model/join-draft.js';

/** The keys of all numbers that a draft may need, whichever exclusions are chosen. */
export function keysIn(draft: Draft): readonly string[] {
  return keysOf(draft, 1);
}

function keysOf(draft: Draft, packs: number): readonly string[] {
  if (typeof draft === 'string') return [];
  if (isDraftList(draft)) return draft.flatMap((part) => keysOf(part, packs));
  if ('number' in draft) {
    const { number, isOfPack } = draft;
    return isOfPack === true ? Array.from({ length: packs }, (_, place) => packKey(number, place)) : [number];
  }
  if ('list' in draft) return keysOf(draft.list, packs);
  if ('pack' in draft) return [...keysOf(draft.pack, packs), ...keysOf(draft.forms, mostPacks(draft))];
  if ('several' in draft) return [...keysOf(draft.text, packs), ...keysOf(draft.otherwise, packs)];
  return 'text' in draft ? keysOf(draft.text, packs) : [];
}

/** Two packs beside one another are more than one pack long together, so that no choice needs more than twice the room. */
function mostPacks({ pack, room }: Packed): number {
  return Math.min(pack.length, 2 * Math.ceil(lengthOf(pack) / room)) + 1;
}

function lengthOf(draft: Draft): number {
  if (typeof draft === 'string') return Buffer.byteLength(draft);
  if (isDraftList(draft)) return draft.reduce((sum, part) => sum + lengthOf(part), 0);
  if ('list' in draft) return lengthOf(draft.list);
  if ('pack' in draft) return lengthOf(draft.pack) + lengthOf(draft.forms);
  if ('several' in draft) return Math.max(lengthOf(draft.text), lengthOf(draft.otherwise));
  return 'text' in draft ? lengthOf(draft.text) : 0;
}
