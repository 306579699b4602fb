const noState = -1;

/** The automaton of some literals: a tree of them, with a step for each class of characters from each state. */
export class LiteralTree {
  /** For the row of each state and a class, the row of the next state: below 0 where literals end there. Row 0 is the first. */
  readonly next: Int32Array;
  readonly #ends: (number[] | undefined)[] = [undefined];
  readonly #width: number;
  #count = 1;

  /** @param width how many classes there are */
  constructor(width: number, literals: readonly (readonly number[])[]) {
    this.#width = width;
    const states = literals.reduce((sum, { length }) => sum + length, 1);
    const next = new Int32Array(states * width).fill(noState);
    for (const [index, literal] of literals.entries()) this.#add(next, literal, index);
    this.#complete(next);
    this.next = next.subarray(0, this.#count * width).map((state) => this.#rowOf(state));
  }

  /** The literals that end in the state of a row. */
  endsIn(row: number): readonly number[] {
    return this.#ends[row / this.#width] ?? [];
  }

  #rowOf(state: number): number {
    return this.#ends[state] === undefined ? state * this.#width : -state * this.#width;
  }

  #add(next: Int32Array, literal: readonly number[], index: number): void {
    let state = 0;
    for (const kind of literal) {
      const at = state * this.#width + kind;
      if (next[at] === noState) {
        next[at] = this.#count;
        this.#ends[this.#count++] = undefined;
      }
      state = next[at] ?? 0;
    }
    if (state !== 0) this.#ends[state] = [...(this.#ends[state] ?? []), index];
  }

  /** Fills in where to go on from each state with what its literals do not go on with. */
  #complete(next: Int32Array): void {
    const fallbacks = new Int32Array(this.#count);
    const queue: number[] = [0];
    for (let at = 0; at < queue.length; at++) {
      const state = queue[at] ?? 0;
      for (let kind = 0; kind < this.#width; kind++) this.#step(next, { state, kind, fallbacks, queue });
    }
  }

  #step(next: Int32Array, { state, kind, fallbacks, queue }: Step): void {
    const at = state * this.#width + kind;
    const target = next[at] ?? noState;
    const other = state === 0 ? 0 : (next[(fallbacks[state] ?? 0) * this.#width + kind] ?? 0);
    if (target === noState) {
      next[at] = other;
      return;
    }
    fallbacks[target] = other;
    const inherited = this.#ends[other];
    if (inherited !== undefined) this.#ends[target] = [...(this.#ends[target] ?? []), ...inherited];
    queue.push(target);
  }
}

interface Step {
  readonly state: number;
  readonly kind: number;
  readonly fallbacks: Int32Array;
  readonly queue: number[];
}
