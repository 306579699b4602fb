import type { Cause, Grade } from '../model/triage.js';
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
  const ofKind = hits.filter(
    (hit) => hit.refusal.by === by && !hits.some((other) => replaces(other, hit) || explains(other, hit)),
  );
  const telling = ofKind.filter(({ refusal }) => refusal.cause !== 'unknown');
  const weighed = telling.length > 0 ? telling : ofKind;
  const shows = ({ system }: Hit) => Number(hops.includes(system));
  const unrefined = weighed.filter((hit) => !weighed.some((other) => refines(other, hit)));
  const strongest = unrefined.filter(
    (hit) => !unrefined.some((other) => (isKin(other, hit) && shows(other) > shows(hit)) || outweighs(other, hit)),
  );
  const [first] = [...strongest].sort((a, b) => shows(b) - shows(a) || b.refusal.all.length - a.refusal.all.length);
  if (first === undefined) return { kind: 'none' };
  if (!strongest.every((hit) => agree(hit, first))) return { kind: 'contradiction', hits: strongest };
  const hit = by === 'log' ? first : (specified(first, hits) ?? first);
  return { kind: 'one', hit, others: hits.filter((other) => other !== hit) };
}

/** What the same system says of the cause in its page or code, where what decides it tells the refuser and not why. */
function specified(hit: Hit, hits: readonly Hit[]): Hit | undefined {
  if (hit.refusal.cause !== 'unknown' && hit.refusal.grade === 'proved') return undefined;
  const own = hits.filter(({ system, refusal }) => system === hit.system && refusal.by !== hit.refusal.by);
  const picked = pickHit(own.filter(({ refusal }) => refusal.cause !== 'unknown' && refusal.by !== 'stock'));
  return picked.kind === 'one' && layerOf(picked.hit) === layerOf(hit) ? picked.hit : undefined;
}

/**
 * A pattern of the same system that says more: as the table says, by more signs, or with as many by a better grade. Of two pages
 * that have no text in common neither says more: they contradict each other.
 */
function refines(other: Hit, hit: Hit): boolean {
  if (other.system !== hit.system || other === hit) return false;
  if (replaces(hit, other) || (hit.refusal.by === 'page' && !shareText(other, hit))) return false;
  const more = other.refusal.all.length - hit.refusal.all.length;
  return more > 0 || (more === 0 && grades.indexOf(other.refusal.grade) < grades.indexOf(hit.refusal.grade));
}

const grades: readonly Grade[] = ['proved', 'likely', 'possible'];

function shareText(a: Hit, b: Hit): boolean {
  const texts = textsOf(b);
  return textsOf(a).some((text) => texts.includes(text));
}

function textsOf({ refusal }: Hit): readonly string[] {
  return refusal.all.flatMap((sign) => ('is' in sign && sign.at !== 'status' ? [`${sign.at} ${String(sign.is)}`] : []));
}

function replaces(other: Hit, hit: Hit): boolean {
  return other.system === hit.system && other.refusal.instead?.includes(hit.refusal.id) === true;
}

/** Two products of one layer that write the same codes: the one that shows is meant. */
function isKin(a: Hit, b: Hit): boolean {
  return a.refusal.by === 'code' && b.refusal.by === 'code' && layerOf(a) === layerOf(b);
}

/** Of two lines of logs, one that proves stands before one that only fits. */
function outweighs(other: Hit, hit: Hit): boolean {
  return hit.refusal.by === 'log' && other.refusal.grade === 'proved' && hit.refusal.grade !== 'proved';
}

/** What guards the system refused a process, and the process says that it may not: the first is why. */
function explains(other: Hit, hit: Hit): boolean {
  return other.refusal.cause === 'mandatory-access-control' && guarded.includes(hit.refusal.cause);
}

/** What a server says of it: it may not read, run, write or connect. */
const guarded: readonly Cause[] = [
  'file-permission',
  'script-not-executable',
  'upstream-down',
  'internal-error',
  'missing-index',
];

function agree(a: Hit, b: Hit): boolean {
  return a.refusal.cause === b.refusal.cause && layerOf(a) === layerOf(b);
}

/** Where the refusal was made. */
export function layerOf({ refusal, system }: Hit) {
  return refusal.layer ?? system.layer;
}
