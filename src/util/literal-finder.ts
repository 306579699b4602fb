/** The most states that fit beside 16-bit numbers; some thousand literals have fewer. */
const noState = -1;

/**
 * Finds which of many literals a text holds, in one pass (Aho and Corasick, 1975). Case does not count, and neither does
 * how long a run of white space is. Takes time that grows with the text alone.
 */
export class LiteralFinder {
  readonly #classes = new Uint8Array(0x10000);
  readonly #width: number;
  /** For each state and class, the next state. */
  readonly #next: Int32Array;
  /** For each state, the literals that end there. */
  readonly #ends: readonly (readonly number[] | undefined)[];

  constructor(literals: readonly string[]) {
    const folded = literals.map((literal) => literal.toLowerCase().replace(/\s+/g, ' '));
    this.#width = this.#classify(folded);
    const tree = new LiteralTree(
      this.#width,
      folded.map((literal) => this.#encode(literal)),
    );
    this.#next = tree.next;
    this.#ends = tree.ends;
  }

  /** The numbers of the literals that the text holds. */
  find(text: string): ReadonlySet<number> {
    const found = new Set<number>();
    const [classes, next, ends, width] = [this.#classes, this.#next, this.#ends, this.#width];
    let state = 0;
    let wasSpace = false;
    for (let at = 0; at < text.length; at++) {
      const kind = classes[text.charCodeAt(at)] ?? 0;
      if (kind === space && wasSpace) continue;
      wasSpace = kind === space;
      state = next[state * width + kind] ?? 0;
      const ending = state === 0 ? undefined : ends[state];
      if (ending !== undefined) for (const literal of ending) found.add(literal);
    }
    return found;
  }

  /** Gives each character that occurs in a literal a small number; all others have 0. */
  #classify(folded: readonly string[]): number {
    for (const char of ' \t\r\n\f\v\u00a0') this.#classes[char.charCodeAt(0)] = space;
    let count = space + 1;
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

const space = 1;

/** The automaton: a tree of the literals, with a step for each class from each state. */
class LiteralTree {
  readonly next: Int32Array;
  readonly ends: (number[] | undefined)[] = [undefined];
  readonly #width: number;
  #count = 1;

  constructor(width: number, literals: readonly (readonly number[])[]) {
    this.#width = width;
    const states = literals.reduce((sum, { length }) => sum + length, 1);
    this.next = new Int32Array(states * width).fill(noState);
    for (const [index, literal] of literals.entries()) this.#add(literal, index);
    this.#complete();
  }

  #add(literal: readonly number[], index: number): void {
    let state = 0;
    for (const kind of literal) {
      const at = state * this.#width + kind;
      if (this.next[at] === noState) {
        this.next[at] = this.#count;
        this.ends[this.#count++] = undefined;
      }
      state = this.next[at] ?? 0;
    }
    if (state !== 0) this.ends[state] = [...(this.ends[state] ?? []), index];
  }

  /** Fills in where to go on from each state with what its literals do not go on with. */
  #complete(): void {
    const fallbacks = new Int32Array(this.#count);
    const queue: number[] = [0];
    for (let at = 0; at < queue.length; at++) {
      const state = queue[at] ?? 0;
      for (let kind = 0; kind < this.#width; kind++) this.#step(state, kind, fallbacks, queue);
    }
  }

  #step(state: number, kind: number, fallbacks: Int32Array, queue: number[]): void {
    const at = state * this.#width + kind;
    const target = this.next[at] ?? noState;
    const other = state === 0 ? 0 : (this.next[(fallbacks[state] ?? 0) * this.#width + kind] ?? 0);
    if (target === noState) {
      this.next[at] = other;
      return;
    }
    fallbacks[target] = other;
    const inherited = this.ends[other];
    if (inherited !== undefined) this.ends[target] = [...(this.ends[target] ?? []), ...inherited];
    queue.push(target);
  }
}
