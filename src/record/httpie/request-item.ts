import { groupBy } from '../../util/group-by.js';

const separators = [':=@', '==@', '=@', ':@', ':=', '==', '=', '@', ':', ';'] as const;

/** What parts the name of an item from its value, and says what it is. */
export type Separator = (typeof separators)[number];

/** An item of a command line, such as `name=Ann`. Texts are bytes, one character a byte. */
export interface RequestItem {
  readonly name: string;
  readonly separator: Separator;
  readonly value: string;
}

/** Reads an item (HTTPie, argtypes.py): the first separator counts, the longest of those at its place; a backslash takes one back. */
export function readItem(word: string): RequestItem | undefined {
  let name = '';
  for (let at = 0; at < word.length; at++) {
    const separator = separators.find((one) => word.startsWith(one, at));
    if (separator !== undefined) return { name, separator, value: unescaped(word.slice(at + separator.length)) };
    const isEscape = word[at] === '\\' && isSpecial(word[at + 1]);
    if (isEscape) at++;
    name += word[at] ?? '';
  }
  return undefined;
}

function isSpecial(char: string | undefined): boolean {
  return char !== undefined && /[:=@;]/.test(char);
}

function unescaped(text: string): string {
  return text.replace(/\\([:=@;])/g, '$1');
}

/** Pairs of the same name stand together, where the first of them stands. */
export function grouped<T extends { readonly name: string }>(items: readonly T[]): readonly T[] {
  return [...groupBy(items, ({ name }) => name).values()].flat();
}
