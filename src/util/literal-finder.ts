import { LiteralTree } from './literal-tree.js';

/** What one escaped character of a text stands for, and how many units it takes there. */
export interface Unescaped {
  readonly text: string;
  readonly length: number;
}

/** Tells what begins at a place of a text; nothing where that stands for itself. Asked at `&`, `%` and `\` alone. */
export type UnescapeAt = (text: string, at: number) => Unescaped | undefined;

/** What is in no literal. */
const foreign = 0;
const space = 1;
/** Characters that escapes begin with have the numbers from here on. */
const firstEscape = 2;
const escapes = '&%\\';
const lastEscape = firstEscape + escapes.length - 1;
const spaces = ' \t\r\n\f\v\u00a0';

/**
 * Finds which of many literals a text holds, in one pass (Aho and Corasick, 1975). Case does not count, neither does how long a
 * run of white space is, and beside the brackets of a tag none does: `<hr />` is `<hr>`. Takes time that grows with the text alone.
 */
export class LiteralFinder {
  /** Small numbers for the characters that occur in a literal. */
  readonly #classes = new Uint16Array(0x10000);
  readonly #width: number;
  readonly #tree: LiteralTree;
  readonly #unescapeAt: UnescapeAt;

  /** @param unescapeAt what escapes in the texts stand for; absent where they have none */
  constructor(literals: readonly string[], unescapeAt: UnescapeAt = () => undefined) {
    const folded = literals.map(foldLiteral);
    this.#width = this.#classify(folded);
    const after = new Set([...' <>'].map((char) => this.#classOf(char)));
    const written = folded.flatMap((literal, number) =>
      waysToWrite(literal).map((way) => ({ number, classes: [...way].map((char) => this.#classOf(char)) })),
    );
    this.#tree = new LiteralTree(this.#width, written, { kind: space, after });
    this.#unescapeAt = unescapeAt;
  }

  /** The numbers of the literals that the text holds. */
  find(text: string): ReadonlySet<number> {
    const found = new Set<number>();
    const { next, firstEnd } = this.#tree;
    const [classes, width] = [this.#classes, this.#width];
    let state = 0;
    for (let at = 0; at < text.length; at++) {
      let kind = classes[text.charCodeAt(at)] ?? foreign;
      if (kind >= firstEscape && kind <= lastEscape) {
        const escaped = this.#unescapeAt(text, at);
        kind = escaped === undefined ? kind : this.#kindOf(escaped);
        at += (escaped?.length ?? 1) - 1;
      }
      state = next[state * width + kind] ?? 0;
      if (state >= firstEnd) for (const literal of this.#tree.endsIn(state)) found.add(literal);
    }
    return found;
  }

  /** An escape that stands for more than one unit is in no literal. */
  #kindOf({ text }: Unescaped): number {
    return text.length === 1 ? this.#classOf(text) : foreign;
  }

  #classOf(char: string): number {
    return this.#classes[char.charCodeAt(0)] ?? foreign;
  }

  /** Gives each character that occurs in a literal a number of its own, and says how many there are. */
  #classify(folded: readonly string[]): number {
    for (const char of spaces) this.#classes[char.charCodeAt(0)] = space;
    const rest = new Set([...'<>/', ...folded.flatMap((literal) => literal.split(''))]);
    const chars = [...escapes, ...[...rest].filter((char) => !spaces.includes(char) && !escapes.includes(char))];
    for (const [at, char] of chars.entries()) {
      for (const one of new Set([char, char.toUpperCase()]))
        if (one.length === 1) this.#classes[one.charCodeAt(0)] = firstEscape + at;
    }
    return firstEscape + chars.length;
  }
}

/** As texts are read. */
function foldLiteral(literal: string): string {
  const folded = literal.toLowerCase().replace(/\s+/g, ' ').replaceAll('/>', '>');
  return folded.replace(/ ?([<>]) ?/g, '$1');
}

const mostWays = 256;

/** What may stand before a bracket that is written without: a space before `<`, and before `>` a slash too. */
function waysToWrite(literal: string): readonly string[] {
  const ways = literal.split(/(?<=[^<>])(?=[<>])/).reduce<readonly string[]>(
    (starts, piece) => {
      const before = piece.startsWith('<') ? ['', ' '] : piece.startsWith('>') ? ['', ' ', '/', ' /'] : [''];
      return starts.flatMap((start) => before.map((way) => start + way + piece));
    },
    [''],
  );
  return ways.slice(0, mostWays);
}
