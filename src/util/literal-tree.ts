const noState = -1;

/** One way in which a literal is written, in classes of characters. */
export interface WrittenLiteral {
  /** The number of the literal. */
  readonly number: number;
  readonly classes: readonly number[];
}

/** A class that changes nothing behind some. */
interface Ignored {
  readonly kind: number;
  readonly after: ReadonlySet<number>;
}

/** The automaton of some literals: a tree of them, with a step for each class of characters from each state. */
export class LiteralTree {
  /** For a state and a class the next state, at `state * width + class`. State 0 is the first. */
  readonly next: Uint16Array | Uint32Array;
  /** From this state on, literals end in each. */
  readonly firstEnd: number;
  /** For the states from `firstEnd` on. */
  readonly #endings: readonly (readonly number[])[];
  readonly #ends: (number[] | undefined)[] = [undefined];
  /** The class of the character that leads to each state. */
  readonly #lasts: number[] = [noState];
  readonly #width: number;

  /**
   * @param width how many classes there are
   * @param ignored a class that changes nothing behind those of `after`
   */
  constructor(width: number, literals: readonly WrittenLiteral[], ignored: Ignored) {
    this.#width = width;
    const next = new Int32Array(statesOf(literals) * width).fill(noState);
    for (const literal of literals) this.#add(next, literal);
    const order = this.#complete(next, ignored);
    const plain = order.filter((state) => this.#ends[state] === undefined);
    const ends = order.filter((state) => this.#ends[state] !== undefined);
    this.firstEnd = plain.length;
    this.#endings = ends.map((state) => this.#ends[state] ?? []);
    this.next = renumbered(next, [...plain, ...ends], width);
  }

  /** The literals that end in a state. */
  endsIn(state: number): readonly number[] {
    return this.#endings[state - this.firstEnd] ?? [];
  }

  #add(next: Int32Array, { number, classes }: WrittenLiteral): void {
    let state = 0;
    for (const kind of classes) {
      const at = state * this.#width + kind;
      if (next[at] === noState) {
        next[at] = this.#lasts.length;
        this.#lasts.push(kind);
        this.#ends.push(undefined);
      }
      state = next[at] ?? 0;
    }
    if (state !== 0) this.#ends[state] = [...(this.#ends[state] ?? []), number];
  }

  /** Fills in where to go on from each state with what its literals do not go on with. Gives the states, those near the first one first. */
  #complete(next: Int32Array, ignored: Ignored): readonly number[] {
    const fallbacks = new Int32Array(this.#lasts.length);
    const queue: number[] = [0];
    for (let at = 0; at < queue.length; at++) this.#completeState(next, { state: queue[at] ?? 0, fallbacks, queue });
    for (const [state, last] of this.#lasts.entries())
      if (ignored.after.has(last)) next[state * this.#width + ignored.kind] = state;
    return queue;
  }

  #completeState(next: Int32Array, { state, fallbacks, queue }: Step): void {
    const row = state * this.#width;
    const fallbackRow = (fallbacks[state] ?? 0) * this.#width;
    for (let kind = 0; kind < this.#width; kind++) {
      const target = next[row + kind] ?? noState;
      const other = state === 0 ? 0 : (next[fallbackRow + kind] ?? 0);
      if (target === noState) {
        next[row + kind] = other;
        continue;
      }
      fallbacks[target] = other;
      const inherited = this.#ends[other];
      if (inherited !== undefined) this.#ends[target] = [...(this.#ends[target] ?? []), ...inherited];
      queue.push(target);
    }
  }
}

/** How many states a tree of the literals has: those that begin alike share them. */
function statesOf(literals: readonly WrittenLiteral[]): number {
  const sorted = literals.map(({ classes }) => String.fromCharCode(...classes)).sort();
  return sorted.reduce((sum, text, at) => sum + text.length - sharedLength(text, sorted[at - 1] ?? ''), 1);
}

function sharedLength(a: string, b: string): number {
  let length = 0;
  while (length < a.length && a[length] === b[length]) length++;
  return length;
}

/** With the states in that order: those in which a text mostly is stand together, in as few bytes as hold their numbers. */
function renumbered(next: Int32Array, order: readonly number[], width: number): Uint16Array | Uint32Array {
  const numbers = new Uint32Array(order.length);
  for (const [number, state] of order.entries()) numbers[state] = number;
  const size = order.length * width;
  const renamed = order.length > 0xffff ? new Uint32Array(size) : new Uint16Array(size);
  for (const [number, state] of order.entries()) {
    for (let kind = 0; kind < width; kind++)
      renamed[number * width + kind] = numbers[next[state * width + kind] ?? 0] ?? 0;
  }
  return renamed;
}

interface Step {
  readonly state: number;
  readonly fallbacks: Int32Array;
  readonly queue: number[];
}
