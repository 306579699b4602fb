/**
 * A part of a text that is kept or dropped as a whole, in UTF-16 code units. White space from `end` to `next` belongs to
 * it as long as anything follows.
 */
export interface Piece {
  readonly start: number;
  readonly end: number;
  /** Where the next piece begins. */
  readonly next: number;
}

/** A part of the original text, in UTF-16 code units; `end` is the first one after it. */
export type TextRange = readonly [start: number, end: number];

/** What is left of a text, and where in the text it stands: the ranges in their order are the value. */
export interface Excerpt {
  readonly value: string;
  readonly ranges: readonly TextRange[];
}

/**
 * What belongs together in text, HTML, JSON and URL-encoded values: an escape as a whole with all bytes of a character,
 * an entity, the name of a tag, an attribute or parameter with its `=`, the name of a member with its colon, an address
 * or version number, a word, and a run of one and the same character.
 */
const natural = [
  '%[0-7][0-9a-f]',
  '%[89a-f][0-9a-f](?:%[89ab][0-9a-f]){0,3}',
  '&(?:#\\d{1,7}|#x[0-9a-f]{1,6}|[a-z]\\w{1,31});',
  '\\\\(?:u[0-9a-f]{4}|x[0-9a-f]{2}|\\S)',
  '<[!/?]?[a-z][\\w:-]{0,63}',
  '[a-z][\\w:-]{0,63}=(?!=)',
  '"[\\w$.@ -]{1,40}":',
  '\\p{N}{1,20}(?:[.,:]\\p{N}{1,20}){1,20}',
  '[\\p{L}\\p{N}\\p{M}_]+',
  '(\\S)\\1*',
].join('|');

/** Such text may be base64; shorter ones are words and paths more often than not. */
const base64Run = /[a-z0-9+/]{32,}={0,2}/gi;

/** Cuts a text into its natural pieces. White space at either end is a piece of its own; elsewhere it goes with what is before it. */
export function cutIntoPieces(text: string): readonly Piece[] {
  const pieces: Piece[] = [];
  let done = 0;
  for (const { 0: run, index } of text.matchAll(base64Run)) {
    if (!looksLikeBase64(run)) continue;
    addNatural(pieces, text, done, index);
    pieces.push({ start: index, end: index + run.length, next: index + run.length });
    done = index + run.length;
  }
  addNatural(pieces, text, done, text.length);
  return pieces;
}

function addNatural(pieces: Piece[], text: string, from: number, to: number): void {
  for (const { 0: whole, index } of text.slice(from, to).matchAll(naturalOrSpace)) {
    const start = from + index;
    const next = start + whole.length;
    const end = start + whole.trimEnd().length;
    const last = pieces.at(-1);
    if (end > start && next < text.length) pieces.push({ start, end, next });
    else if (end > start) pieces.push({ start, end, next: end }, ...spaceFrom(end, next));
    else if (last !== undefined && next < text.length) pieces[pieces.length - 1] = { ...last, next };
    else pieces.push({ start, end: next, next });
  }
}

const naturalOrSpace = new RegExp(`(?:${natural})\\s*|\\s+`, 'giu');

function spaceFrom(start: number, end: number): readonly Piece[] {
  return start === end ? [] : [{ start, end, next: end }];
}

/** Letters of both cases and digits, with a slash or plus no more often than chance has it. */
function looksLikeBase64(run: string): boolean {
  const signs = run.replace(/[^+/]/g, '').length;
  return /[a-z]/.test(run) && /[A-Z]/.test(run) && /\d/.test(run) && signs * 12 <= run.length;
}

const longPiece = 32;
const quantum = 4;

/**
 * The kept pieces with the long ones cut further: into groups of four characters, which is what base64 is made of.
 * @returns nothing where no piece is long
 */
export function cutLongPieces(text: string, kept: readonly Piece[]): readonly Piece[] | undefined {
  if (kept.every(({ start, end }) => end - start <= longPiece)) return undefined;
  return kept.flatMap((piece) => (piece.end - piece.start <= longPiece ? [piece] : cutInQuanta(text, piece)));
}

function cutInQuanta(text: string, { start, end, next }: Piece): readonly Piece[] {
  const characters = [...text.slice(start, end)];
  const pieces: Piece[] = [];
  let at = start;
  for (let i = 0; i < characters.length; i += quantum) {
    const to = at + characters.slice(i, i + quantum).join('').length;
    pieces.push({ start: at, end: to, next: to === end ? next : to });
    at = to;
  }
  return pieces;
}

/** The pieces of a range, and those on both sides of white space that it begins or ends with. */
export function piecesAround(pieces: readonly Piece[], [start, end]: TextRange): readonly Piece[] {
  const first = pieces.findIndex(({ next }) => next > start);
  const last = pieces.findIndex((piece) => piece.end >= end);
  return first < 0 || start === end ? [] : pieces.slice(first, (last < 0 ? pieces.length : last) + 1);
}

/** All of a text. */
export function wholeOf(text: string): Excerpt {
  return { value: text, ranges: text === '' ? [] : [[0, text.length]] };
}

/** The text of the kept pieces, with the white space between them but not after the last. */
export function excerptOf(text: string, kept: readonly Piece[]): Excerpt {
  const ranges: [number, number][] = [];
  for (const [index, { start, end, next }] of kept.entries()) {
    const to = index === kept.length - 1 ? end : next;
    const last = ranges.at(-1);
    if (last !== undefined && last[1] === start) last[1] = to;
    else ranges.push([start, to]);
  }
  return { value: ranges.map(([start, end]) => text.slice(start, end)).join(''), ranges };
}
