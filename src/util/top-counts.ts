/** Something that is counted. */
interface Counted<T> {
  readonly value: T;
  count: number;
}

/**
 * Counts values by a key, of which there may be any number: at most twice `most` are kept, and of these the most frequent
 * half when they are too many. So what is frequent is counted, whoever makes up rare ones.
 */
export class TopCounts<T> {
  readonly #most: number;
  readonly #counts = new Map<string, Counted<T>>();
  #isRough = false;

  constructor(most: number) {
    this.#most = most;
  }

  /** Values were let go of: counts may be too low, and rare values may be missing. */
  get isRough(): boolean {
    return this.#isRough;
  }

  get size(): number {
    return this.#counts.size;
  }

  /** Counts one more, and gives the value that is kept for the key. */
  add(key: string, create: () => T): T {
    const known = this.#counts.get(key);
    if (known !== undefined) {
      known.count++;
      return known.value;
    }
    const counted = { value: create(), count: 1 };
    this.#counts.set(key, counted);
    if (this.#counts.size > 2 * this.#most) this.#letGo();
    return counted.value;
  }

  /** The most frequent ones first; of equally frequent ones, what came first. */
  top(most = this.#counts.size): readonly Counted<T>[] {
    return [...this.#counts.values()].sort((a, b) => b.count - a.count).slice(0, most);
  }

  #letGo(): void {
    this.#isRough = true;
    const entries = [...this.#counts].sort(([, a], [, b]) => b.count - a.count).slice(0, this.#most);
    this.#counts.clear();
    for (const [key, counted] of entries) this.#counts.set(key, counted);
  }
}
