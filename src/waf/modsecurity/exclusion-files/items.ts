import { type DirectiveSpan, skipSpace } from './directives.js';

/** What one thing after the other stands in, such as the actions of a rule. The text between them separates them. */
export interface ItemList {
  readonly items: readonly DirectiveSpan[];
  /** What goes when no item is left. */
  readonly whole: DirectiveSpan;
}

/**
 * Splits a list at one of some characters, where they do not stand between single quotes. Space around items, and
 * continued lines, belong to none.
 */
export function splitItems(text: string, { start, end }: DirectiveSpan, separators: string): readonly DirectiveSpan[] {
  const items: DirectiveSpan[] = [];
  for (let from = start; from <= end; ) {
    const to = endOfItem(text, from, end, separators);
    const begin = skipSpace(text, from, to);
    if (begin < to) items.push({ start: begin, end: trimEnd(text, begin, to) });
    from = to + 1;
  }
  return items;
}

function endOfItem(text: string, start: number, end: number, separators: string): number {
  let isQuoted = false;
  for (let at = start; at < end; at++) {
    const char = text.charAt(at);
    if (char === '\\') at++;
    else if (char === "'") isQuoted = !isQuoted;
    else if (!isQuoted && separators.includes(char)) return at;
  }
  return end;
}

/** The end without space and continued lines before it. */
function trimEnd(text: string, start: number, end: number): number {
  let at = end;
  while (at > start && /[ \t\r\n]/.test(text.charAt(at - 1))) {
    at -= 1;
    if (text[at] === '\n') at = withoutBackslash(text, start, at);
  }
  return at;
}

function withoutBackslash(text: string, start: number, newline: number): number {
  const last = text[newline - 1] === '\r' ? newline - 2 : newline - 1;
  return last >= start && text[last] === '\\' ? last : newline;
}

/** Items to be taken out of a list, or to be replaced by other text. */
export interface Change {
  readonly list: ItemList;
  readonly index: number;
  readonly instead?: string;
}

/** Text that takes the place of other text. */
export interface Edit extends DirectiveSpan {
  readonly text: string;
}

/** What takes items out of their lists. What separates an item from the one before it goes with it. */
export function editsFor(changes: readonly Change[]): readonly Edit[] {
  const lists = new Map<ItemList, Map<number, string | undefined>>();
  for (const { list, index, instead } of changes) {
    const known = lists.get(list) ?? new Map<number, string | undefined>();
    lists.set(list, known.set(index, instead));
  }
  return [...lists].flatMap(([list, changed]) => editsOf(list, changed));
}

function editsOf({ items, whole }: ItemList, changed: ReadonlyMap<number, string | undefined>): readonly Edit[] {
  const isDropped = (index: number) => changed.has(index) && changed.get(index) === undefined;
  const firstKept = items.findIndex((_, index) => !isDropped(index));
  if (firstKept < 0) return [{ start: whole.start, end: whole.end, text: '' }];
  return items.flatMap((item, index): readonly Edit[] => {
    if (!changed.has(index)) return [];
    const text = changed.get(index);
    if (text !== undefined) return [{ start: item.start, end: item.end, text }];
    const [before, after] = [items[index - 1], items[index + 1]];
    if (index > firstKept) return [{ start: before?.end ?? item.start, end: item.end, text: '' }];
    return [{ start: item.start, end: after?.start ?? item.end, text: '' }];
  });
}

/** Replaces spans that do not overlap. */
export function applyEdits(text: string, edits: readonly Edit[]): string {
  const pieces: string[] = [];
  let from = 0;
  for (const edit of [...edits].sort((a, b) => a.start - b.start)) {
    pieces.push(text.slice(from, edit.start), edit.text);
    from = edit.end;
  }
  pieces.push(text.slice(from));
  return pieces.join('');
}
