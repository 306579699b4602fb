import { LiteralTree } from './literal-tree.js';

/** What one escaped character of a text stands for, and how many units it takes there. */
export interface Unescaped {
  readonly text: string;
  readonly length: number;
}

/** Tells what begins at a place of a text; nothing where that stands for itself. Asked at `&`, `%` and `\` alone. */
export type UnescapeAt = (text: string, at: number) => Unescaped | undefined;

/** Small numbers of characters that are not read like others; all others have greater ones. */
const space = 1;
const slash = 5;
const tagStart = 6;
const tagEnd = 7;
const special: readonly (readonly [string, number])[] = [
  [' \t\r\n\f\v\u00a0', space],
  ['&', 2],
  ['%', 3],
  ['\\', 4],
  ['/', slash],
  ['<', tagStart],
  ['>', tagEnd],
];
/** What is in no literal. */
const foreign = 8;
const firstUsual = foreign;

/** Where a text is read, and what was read last. */
interface Cursor {
  at: number;
  row: number;
  last: number;
  isSpaced: boolean;
  readonly found: Set<number>;
}

/**
 * Finds which of many literals a text holds, in one pass (Aho and Corasick, 1975). Case does not count, neither does how long a
 * run of white space is, and beside the brackets of a tag none does: `<hr />` is `<hr>`. Takes time that grows with the text alone.
 */
export class LiteralFinder {
  readonly #classes = new Uint16Array(0x10000);
  readonly #tree: LiteralTree;
  readonly #unescapeAt: UnescapeAt;

  /** @param unescapeAt what escapes in the texts stand for; absent where they have none */
  constructor(literals: readonly string[], unescapeAt: UnescapeAt = () => undefined) {
    const folded = literals.map(foldLiteral);
    const width = this.#classify(folded);
    this.#tree = new LiteralTree(
      width,
      folded.map((literal) => this.#encode(literal)),
    );
    this.#unescapeAt = unescapeAt;
  }

  /** The numbers of the literals that the text holds. */
  find(text: string): ReadonlySet<number> {
    const cursor: Cursor = { at: 0, row: 0, last: 0, isSpaced: false, found: new Set<number>() };
    while (cursor.at < text.length) {
      this.#takeUsual(text, cursor);
      if (cursor.at < text.length) this.#takeSpecial(text, cursor);
    }
    return cursor.found;
  }

  /** Letters, and single spaces between them: most of what a text is. */
  #takeUsual(text: string, cursor: Cursor): void {
    const classes = this.#classes;
    const { next } = this.#tree;
    if (cursor.isSpaced && (classes[text.charCodeAt(cursor.at)] ?? 0) >= firstUsual) this.#endSpace(cursor);
    let { at, row, last } = cursor;
    for (; at < text.length; at++) {
      const kind = classes[text.charCodeAt(at)] ?? 0;
      const isBetween = kind === space && last >= firstUsual && (classes[text.charCodeAt(at + 1)] ?? 0) >= firstUsual;
      if (kind < firstUsual && !isBetween) break;
      row = next[row + kind] ?? 0;
      if (row < 0) row = this.#enter(row, cursor.found);
      last = kind;
    }
    cursor.at = at;
    cursor.row = row;
    cursor.last = last;
  }

  /** An escape, a run of white space, or a bracket of a tag. White space counts where no bracket is beside it. */
  #takeSpecial(text: string, cursor: Cursor): void {
    const kind = this.#kindAt(text, cursor);
    if (kind === space) {
      cursor.isSpaced = true;
      return;
    }
    if (kind === slash && this.#classes[text.charCodeAt(cursor.at)] === tagEnd) return;
    if (isBracket(kind)) cursor.isSpaced = false;
    if (cursor.isSpaced) this.#endSpace(cursor);
    this.#step(kind, cursor);
  }

  /** The class of the character at the cursor, decoded, which goes on behind it. */
  #kindAt(text: string, cursor: Cursor): number {
    const kind = this.#classes[text.charCodeAt(cursor.at)] ?? foreign;
    const escaped = kind > space && kind < slash ? this.#unescapeAt(text, cursor.at) : undefined;
    cursor.at += escaped?.length ?? 1;
    return escaped === undefined ? kind : this.#kindOf(escaped);
  }

  /** An escape that stands for more than one unit is in no literal. */
  #kindOf({ text }: Unescaped): number {
    return text.length === 1 ? (this.#classes[text.charCodeAt(0)] ?? foreign) : foreign;
  }

  #endSpace(cursor: Cursor): void {
    cursor.isSpaced = false;
    if (!isBracket(cursor.last)) this.#step(space, cursor);
  }

  #step(kind: number, cursor: Cursor): void {
    cursor.row = this.#enter(this.#tree.next[cursor.row + kind] ?? 0, cursor.found);
    cursor.last = kind;
  }

  /** The row of a state; those in which literals end have the number below 0. */
  #enter(row: number, found: Set<number>): number {
    if (row >= 0) return row;
    for (const literal of this.#tree.endsIn(-row)) found.add(literal);
    return -row;
  }

  /** Gives each character that occurs in a literal a number of its own. */
  #classify(folded: readonly string[]): number {
    this.#classes.fill(foreign);
    for (const [chars, kind] of special) for (const char of chars) this.#classes[char.charCodeAt(0)] = kind;
    let count = foreign + 1;
    for (const literal of folded) {
      for (let at = 0; at < literal.length; at++) {
        const code = literal.charCodeAt(at);
        if (this.#classes[code] !== foreign) continue;
        this.#classes[code] = count;
        const upper = String.fromCharCode(code).toUpperCase();
        if (upper.length === 1) this.#classes[upper.charCodeAt(0)] = count;
        count++;
      }
    }
    return count;
  }

  #encode(literal: string): readonly number[] {
    return Array.from({ length: literal.length }, (_, at) => this.#classes[literal.charCodeAt(at)] ?? foreign);
  }
}

function isBracket(kind: number): boolean {
  return kind === tagStart || kind === tagEnd;
}

/** As texts are read. */
function foldLiteral(literal: string): string {
  const folded = literal.toLowerCase().replace(/\s+/g, ' ').replaceAll('/>', '>');
  return folded.replace(/ ?([<>]) ?/g, '$1');
}
