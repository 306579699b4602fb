import type { Hit } from './find-hits.js';
import { evidenceKinds, type System } from './system.js';

/** What the hits say together: one of them, several that contradict one another, or nothing. */
export type Picked =
  | { readonly kind: 'one'; readonly hit: Hit; readonly others: readonly Hit[] }
  | { readonly kind: 'contradiction'; readonly hits: readonly Hit[] }
  | { readonly kind: 'none' };

/**
 * Decides by the weightiest kind of evidence that there is; nothing is added up. Within a kind what names a cause stands before
 * what names none, and a pattern of the same system with more signs before one with fewer. Where two of a kind still name
 * different refusers or causes, neither wins; where they agree, the system that shows on the way gives its name.
 */
export function pickHit(hits: readonly Hit[], hops: readonly System[] = []): Picked {
  const by = evidenceKinds.find((kind) => hits.some(({ refusal }) => refusal.by === kind));
  const ofKind = hits.filter((hit) => hit.refusal.by === by && !hits.some((other) => replaces(other, hit)));
  const telling = ofKind.filter(({ refusal }) => refusal.cause !== 'unknown');
  const weighed = telling.length > 0 ? telling : ofKind;
  const strongest = weighed.filter((hit) => !weighed.some((other) => refines(other, hit)));
  const shows = ({ system }: Hit) => Number(hops.includes(system));
  const [first] = [...strongest].sort((a, b) => shows(b) - shows(a) || b.refusal.all.length - a.refusal.all.length);
  if (first === undefined) return { kind: 'none' };
  const others = hits.filter((hit) => hit !== first);
  if (strongest.every((hit) => agree(hit, first))) return { kind: 'one', hit: first, others };
  return { kind: 'contradiction', hits: strongest };
}

/** A pattern of the same system that says more: as the table says, or by more signs. */
function refines(other: Hit, hit: Hit): boolean {
  if (other.system !== hit.system || other === hit) return false;
  if (replaces(hit, other)) return false;
  return other.refusal.all.length > hit.refusal.all.length;
}

function replaces(other: Hit, hit: Hit): boolean {
  return other.system === hit.system && other.refusal.instead?.includes(hit.refusal.id) === true;
}

function agree(a: Hit, b: Hit): boolean {
  return a.refusal.cause === b.refusal.cause && layerOf(a) === layerOf(b);
}

/** Where the refusal was made. */
export function layerOf({ refusal, system }: Hit) {
  return refusal.layer ?? system.layer;
}
