/**
 * A map of what came last: what the latest `most` settings set is there, and little more. Older entries are let go of all
 * at once, which costs nothing, where a `Map` takes ever longer to find its first entry.
 */
export class RecentMap<T extends object | string> {
  readonly #most: number;
  #entries = new Map<string, T>();
  #older = new Map<string, T>();

  constructor(most: number) {
    this.#most = most;
  }

  get isEmpty(): boolean {
    return this.#entries.size === 0 && this.#older.size === 0;
  }

  get(key: string): T | undefined {
    return this.#entries.get(key) ?? this.#older.get(key);
  }

  set(key: string, value: T): void {
    this.#entries.set(key, value);
    if (this.#entries.size < this.#most) return;
    this.#older = this.#entries;
    this.#entries = new Map();
  }

  delete(key: string): void {
    this.#entries.delete(key);
    this.#older.delete(key);
  }
}
