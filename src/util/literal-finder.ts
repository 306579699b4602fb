import { LiteralTree } from './literal-tree.js';

/** What one escaped character of a text stands for, and how many units it takes there. */
export interface Unescaped {
  readonly text: string;
  readonly length: number;
}

/** Tells what begins at a place of a text; nothing where that stands for itself. Asked at `&`, `%` and `\` alone. */
export type UnescapeAt = (text: string, at: number) => Unescaped | undefined;

/** Small numbers of characters that are not read like others; letters have greater ones, and 0 is what is in no literal. */
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
const firstUsual = 8;

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
    const found = new Set<number>();
    const { next } = this.#tree;
    const classes = this.#classes;
    let row = 0;
    let last = 0;
    let isSpaced = false;
    for (let at = 0; at < text.length; at++) {
      let kind = classes[text.charCodeAt(at)] ?? 0;
      if (kind > space && kind < slash) {
        const escaped = this.#unescapeAt(text, at);
        kind = escaped === undefined ? kind : this.#kindOf(escaped);
        at += (escaped?.length ?? 1) - 1;
      }
      if (kind === space) {
        isSpaced = true;
        continue;
      }
      if (kind === slash && classes[text.charCodeAt(at + 1)] === tagEnd) continue;
      // A run of white space is taken when it is known what follows.
      if (isSpaced) {
        isSpaced = false;
        if (!isBracket(kind) && !isBracket(last)) row = this.#enter(next[row + space] ?? 0, found);
      }
      last = kind;
      row = next[row + kind] ?? 0;
      if (row < 0) row = this.#enter(row, found);
    }
    return found;
  }

  /** The row of a state; those in which literals end have the number below 0. */
  #enter(row: number, found: Set<number>): number {
    if (row >= 0) return row;
    for (const literal of this.#tree.endsIn(-row)) found.add(literal);
    return -row;
  }

  /** An escape that stands for more than one unit is in no literal. */
  #kindOf({ text }: Unescaped): number {
    return text.length === 1 ? (this.#classes[text.charCodeAt(0)] ?? 0) : 0;
  }

  /** Gives each character that occurs in a literal a small number; all others have 0. */
  #classify(folded: readonly string[]): number {
    for (const [chars, kind] of special) for (const char of chars) this.#classes[char.charCodeAt(0)] = kind;
    let count = firstUsual;
    for (const literal of folded) {
      for (let at = 0; at < literal.length; at++) {
        const code = literal.charCodeAt(at);
        if (this.#classes[code] !== 0) continue;
        this.#classes[code] = count;
        const upper = String.fromCharCode(code).toUpperCase();
        if (upper.length === 1) this.#classes[upper.charCodeAt(0)] = count;
        count++;
      }
    }
    return count;
  }

  #encode(literal: string): readonly number[] {
    return Array.from({ length: literal.length }, (_, at) => this.#classes[literal.charCodeAt(at)] ?? 0);
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
