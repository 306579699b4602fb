import {
  cutIntoPieces,
  cutLongPieces,
  type Excerpt,
  excerptOf,
  type Piece,
  piecesAround,
  type TextRange,
} from './pieces.js';
import { dropNeedless, findRun, type Shrinking } from './shrink.js';

/** A search for the smallest text: it proposes one, and is told whether the same rule still fires on it. */
export type TextSearch<R> = Generator<Excerpt, R, boolean>;

/** Up to so many pieces are tried one by one; of more, the run that matters is found first. */
const fewPieces = 16;

/**
 * The smallest part of a text on which a rule still fires: cut between natural pieces, of which none can be left out.
 * @param text fires the rule as it is
 * @param hint where the engine says that it matched; it is tried before anything else
 */
export function* minimizeText(text: string, hint?: TextRange): TextSearch<Excerpt> {
  const pieces = cutIntoPieces(text);
  const run = yield* asExcerpts(text, findFiringRun(pieces, hint));
  const kept = yield* asExcerpts(text, dropNeedless(run));
  const finer = cutLongPieces(text, kept);
  if (finer === undefined) return excerptOf(text, kept);
  return excerptOf(text, yield* asExcerpts(text, shrink(finer)));
}

function* findFiringRun(pieces: readonly Piece[], hint: TextRange | undefined): Shrinking<Piece> {
  const guess = hint === undefined ? [] : piecesAround(pieces, hint);
  const isWorthIt = guess.length > 0 && guess.length < pieces.length;
  return isWorthIt && (yield guess) ? guess : yield* findRun(pieces);
}

function* shrink(pieces: readonly Piece[]): Shrinking<Piece> {
  return yield* dropNeedless(pieces.length > fewPieces ? yield* findRun(pieces) : pieces);
}

function* asExcerpts(text: string, search: Shrinking<Piece>): TextSearch<readonly Piece[]> {
  let step = search.next();
  while (step.done !== true) step = search.next(yield excerptOf(text, step.value));
  return step.value;
}
