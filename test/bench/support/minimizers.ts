import { minimizeText, type TextSearch } from '../../../src/minimize/minimize-text.js';
import {
  cutIntoPieces,
  type Excerpt,
  excerptOf,
  type Piece,
  piecesAround,
  type TextRange,
} from '../../../src/minimize/pieces.js';
import type { Shrinking } from '../../../src/minimize/shrink.js';

/** A way to find the smallest text, from one on which the rule fires. */
export interface Minimizer {
  readonly name: string;
  search(text: string, hint: TextRange | undefined): TextSearch<Excerpt>;
}

/** Plain ones first; what Wafproof does comes last. */
export const minimizers: readonly Minimizer[] = [
  { name: 'ddmin, characters', search: (text) => excerpts(text, ddmin(characters(text))) },
  { name: 'ddmin, pieces', search: (text) => excerpts(text, ddmin(cutIntoPieces(text))) },
  { name: 'two-sided cut', search: (text) => excerpts(text, cutBothSides(cutIntoPieces(text))) },
  { name: 'two-sided cut, one by one', search: (text) => excerpts(text, cutAndDrop(cutIntoPieces(text))) },
  { name: 'hint, one by one', search: (text, hint) => excerpts(text, hintAndDrop(cutIntoPieces(text), hint)) },
  { name: 'Wafproof, without hint', search: (text) => minimizeText(text) },
  { name: 'Wafproof', search: (text, hint) => minimizeText(text, hint) },
];

function* excerpts(text: string, search: Shrinking<Piece>): TextSearch<Excerpt> {
  let step = search.next();
  while (step.done !== true) step = search.next(yield excerptOf(text, step.value));
  return excerptOf(text, step.value);
}

function characters(text: string): readonly Piece[] {
  const pieces: Piece[] = [];
  let start = 0;
  for (const { length } of text) {
    pieces.push({ start, end: start + length, next: start + length });
    start += length;
  }
  return pieces;
}

/** Zeller and Hildebrandt, Simplifying and Isolating Failure-Inducing Input (2002): subsets, then complements. */
function* ddmin<T>(items: readonly T[]): Shrinking<T> {
  let [kept, granularity] = [items, 2];
  while (kept.length >= 2) {
    const chunks = inChunks(kept, Math.ceil(kept.length / granularity));
    const smaller = yield* firstThatFires(chunks, granularity);
    if (smaller !== undefined) [kept, granularity] = [smaller.items, smaller.granularity];
    else if (granularity >= kept.length) break;
    else granularity = Math.min(kept.length, granularity * 2);
  }
  return kept;
}

type Smaller<T> = { readonly items: readonly T[]; readonly granularity: number };

function* firstThatFires<T>(
  chunks: readonly (readonly T[])[],
  granularity: number,
): Generator<readonly T[], Smaller<T> | undefined, boolean> {
  for (const items of chunks) if (yield items) return { items, granularity: 2 };
  if (chunks.length <= 2) return undefined;
  for (const left of chunks) {
    const items = chunks.filter((chunk) => chunk !== left).flat();
    if (yield items) return { items, granularity: Math.max(granularity - 1, 2) };
  }
  return undefined;
}

function inChunks<T>(items: readonly T[], size: number): readonly (readonly T[])[] {
  return Array.from({ length: Math.ceil(items.length / size) }, (_, i) => items.slice(i * size, (i + 1) * size));
}

function* cutBothSides<T>(items: readonly T[]): Shrinking<T> {
  const end = yield* least(items.length, (length) => items.slice(0, length));
  const length = yield* least(end, (tried) => items.slice(end - tried, end));
  return items.slice(end - length, end);
}

function* least<T>(
  enough: number,
  ofLength: (length: number) => readonly T[],
): Generator<readonly T[], number, boolean> {
  let [low, high] = [0, enough];
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (yield ofLength(middle)) high = middle;
    else low = middle;
  }
  return high;
}

function* cutAndDrop<T>(items: readonly T[]): Shrinking<T> {
  return yield* dropOneByOne(yield* cutBothSides(items));
}

function* hintAndDrop(pieces: readonly Piece[], hint: TextRange | undefined): Shrinking<Piece> {
  const guess = hint === undefined ? [] : piecesAround(pieces, hint);
  const isRight = guess.length > 0 && guess.length < pieces.length && (yield guess);
  return yield* dropOneByOne(isRight ? guess : yield* cutBothSides(pieces));
}

function* dropOneByOne<T>(items: readonly T[]): Shrinking<T> {
  let kept = items;
  for (let at = 0, isChanged = false; at < kept.length || isChanged; ) {
    if (at >= kept.length) [at, isChanged] = [0, false];
    const rest = kept.filter((_item, index) => index !== at);
    if (kept.length > 0 && (yield rest)) [kept, isChanged] = [rest, true];
    else at += 1;
  }
  return kept;
}
