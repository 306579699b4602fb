/** A piece of a text, in UTF-16 code units; `end` is the first one after it. */
export interface FoundRange {
  readonly start: number;
  readonly end: number;
}

/** A text after a transformation. */
interface Folded {
  readonly text: string;
  /** Where each of its units comes from; absent where each comes from its own place. */
  readonly origins?: { readonly starts: readonly number[]; readonly ends: readonly number[] };
}

/** Splits a text into tokens and says what each becomes. */
interface Folding {
  readonly tokens: RegExp;
  readonly fold: (token: string) => string;
  /** A text without anything encoded changes in nothing but its case. */
  readonly keepsPlain?: true;
}

const maxFoldedLength = 65_536;
const encoded = /%[0-7][0-9a-f]|(?:%[89a-f][0-9a-f])+|&(?:#x?[0-9a-f]{1,6}|lt|gt|amp|quot|apos|nbsp);?|[\s\S]/gi;

/**
 * What filters commonly do to a text before they match: lower case, URL and HTML entity decoding, removal of white
 * space, and the removal of quotes, backslashes and separators (`cmdLine`). From the most faithful to the loosest.
 */
const foldings: readonly Folding[] = [
  { tokens: /[\s\S]/g, fold: lowerCase, keepsPlain: true },
  { tokens: encoded, fold: (token) => lowerCase(decodeToken(token)), keepsPlain: true },
  { tokens: encoded, fold: (token) => withoutSpace(lowerCase(decodeToken(token))) },
  { tokens: encoded, fold: (token) => lowerCase(decodeToken(token)).replace(/[\s"'^\\,;]/g, '') },
];

/**
 * Finds where the text that a filter matched stands in the one that it was given. The two may differ, because filters
 * transform texts before they look at them; the answer is `undefined` when undoing the usual transformations does not
 * help. Made once for a value, it answers cheaply for thousands of matches.
 */
export function matchFinder(text: string): (matched: string) => FoundRange | undefined {
  const foldedTexts: Folded[] = [];
  const folded = (index: number, folding: Folding): Folded => {
    const known = foldedTexts[index] ?? fold(text, folding);
    foldedTexts[index] = known;
    return known;
  };
  return (matched) => findExact(text, matched) ?? findLoosely(text, matched, folded);
}

function findExact(text: string, matched: string): FoundRange | undefined {
  const start = matched === '' ? -1 : text.indexOf(matched);
  return start < 0 ? undefined : { start, end: start + matched.length };
}

function findLoosely(
  text: string,
  matched: string,
  folded: (index: number, folding: Folding) => Folded,
): FoundRange | undefined {
  if (Math.max(text.length, matched.length) > maxFoldedLength) return undefined;
  for (const [index, folding] of foldings.entries()) {
    const range = findFolded(folded(index, folding), foldedNeedle(matched, index, folding));
    if (range !== undefined) return range;
  }
  return undefined;
}

/** What was sought last: it is sought in one text after the other. */
let last: { readonly matched: string; readonly needles: string[] } = { matched: '', needles: [] };

function foldedNeedle(matched: string, index: number, { tokens, fold }: Folding): string {
  if (last.matched !== matched) last = { matched, needles: [] };
  const known = last.needles[index] ?? matched.replace(tokens, fold);
  last.needles[index] = known;
  return known;
}

function findFolded({ text, origins }: Folded, needle: string): FoundRange | undefined {
  const at = needle === '' ? -1 : text.indexOf(needle);
  if (at < 0) return undefined;
  if (origins === undefined) return { start: at, end: at + needle.length };
  const start = origins.starts[at];
  const end = origins.ends[at + needle.length - 1];
  return start === undefined || end === undefined ? undefined : { start, end };
}

/** Of such a text, lower case and decoding change no more than the case. */
const plain = /^[^%&+\P{ASCII}]*$/u;

function fold(text: string, folding: Folding): Folded {
  if (folding.keepsPlain && plain.test(text)) return { text: text.toLowerCase() };
  const [pieces, starts, ends]: [string[], number[], number[]] = [[], [], []];
  for (const { 0: token, index } of text.matchAll(folding.tokens)) {
    const piece = folding.fold(token);
    pieces.push(piece);
    for (let unit = 0; unit < piece.length; unit++) {
      starts.push(index);
      ends.push(index + token.length);
    }
  }
  return { text: pieces.join(''), origins: { starts, ends } };
}

/** Lower case where that keeps the length (`İ` becomes two units). */
function lowerCase(text: string): string {
  const lower = text.toLowerCase();
  return lower.length === text.length ? lower : text;
}

function withoutSpace(text: string): string {
  return text.replace(/\s/g, '');
}

const entities: Readonly<Record<string, string>> = {
  lt: '<',
  gt: '>',
  amp: '&',
  quot: '"',
  apos: "'",
  nbsp: '\u00a0',
};

function decodeToken(token: string): string {
  if (token === '+') return ' ';
  if (token.startsWith('%')) return decodePercent(token);
  if (token.startsWith('&') && token.length > 1) return decodeEntity(token.replace(/^&|;$/g, ''));
  return token;
}

function decodePercent(token: string): string {
  return Buffer.from(token.replaceAll('%', ''), 'hex').toString();
}

function decodeEntity(name: string): string {
  if (!name.startsWith('#')) return entities[name.toLowerCase()] ?? name;
  const code = Number(name.replace('#', '0'));
  return code <= 0x10ffff ? String.fromCodePoint(code) : name;
}
