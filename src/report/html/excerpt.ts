import type { FoundRange } from '../../util/find-match.js';
import { printable } from '../../util/printable.js';

/** What a piece of a text is marked as: `trigger` and `exact` made a rule fire, `whole` is all that it looked at. */
export type PieceMark = '' | 'trigger' | 'exact' | 'whole';

/** A piece of a text as the page shows it, with nothing invisible in it. */
export interface TextPiece {
  readonly text: string;
  readonly mark: PieceMark;
}

/** Characters that are shown before and after what is marked, and on either side of a gap. */
const aside = 80;
const maxMarked = 240;
const maxRanges = 20;

/** What is marked of a text, with a little of what stands around it; `…` stands for what is left out. */
export function excerpt(text: string, ranges: readonly FoundRange[], mark: PieceMark): readonly TextPiece[] {
  const merged = mergeRanges(ranges.map((range) => wholeCharacters(text, range)));
  const shown = merged.slice(0, maxRanges);
  const ends = [0, ...shown.map(({ end }) => end)];
  const pieces = shown.flatMap(({ start, end }, index) => {
    const before = text.slice(ends[index], start);
    return [
      { text: index === 0 ? endOf(before) : middleOf(before, aside), mark: '' as const },
      { text: middleOf(text.slice(start, end), maxMarked / 2), mark },
    ];
  });
  const rest = { text: startOf(text.slice(ends.at(-1))), mark: '' as const };
  return [...pieces, rest].map((piece) => ({ ...piece, text: printable(piece.text) })).filter((one) => one.text !== '');
}

/** The range with the other half of a character that it cuts through, within the text. */
function wholeCharacters(text: string, { start, end }: FoundRange): FoundRange {
  const isCut = (at: number) => at > 0 && /^[\ud800-\udbff][\udc00-\udfff]/.test(text.slice(at - 1, at + 1));
  const [from, to] = [Math.min(start, text.length), Math.min(end, text.length)];
  return { start: isCut(from) ? from - 1 : from, end: isCut(to) ? to + 1 : to };
}

/** Ranges in order, those that touch or overlap as one. */
function mergeRanges(ranges: readonly FoundRange[]): readonly FoundRange[] {
  const merged: { readonly start: number; end: number }[] = [];
  for (const { start, end } of ranges.toSorted((a, b) => a.start - b.start)) {
    const last = merged.at(-1);
    if (last !== undefined && start <= last.end) last.end = Math.max(last.end, end);
    else merged.push({ start, end });
  }
  return merged;
}

function startOf(text: string): string {
  return text.length <= aside ? text : `${whole(text.slice(0, aside))}…`;
}

function endOf(text: string): string {
  return text.length <= aside ? text : `…${whole(text.slice(-aside))}`;
}

function middleOf(text: string, side: number): string {
  return text.length <= 2 * side ? text : `${whole(text.slice(0, side))}…${whole(text.slice(-side))}`;
}

/** Without the half of a character that a cut may leave at either end. */
function whole(text: string): string {
  return text.replace(/^[\udc00-\udfff]|[\ud800-\udbff]$/g, '');
}
