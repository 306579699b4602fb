/** All values of a table together have no more characters than this: the page reads all of them before it shows the first case. */
const mostLength = 2_000_000;

/** Longer values stay where they are. */
const mostKey = 20_000;

/** The place of a value in a table, or the value itself where the table is full. */
export type OrPlace<T> = T | number;

/** Values that recur, each once, in the order of their places. No value is a number. */
export class RecurringValues<T extends object> {
  readonly values: T[] = [];
  readonly #places = new Map<string, number>();
  #length = 0;

  /** @param key tells the value from all others, and is about as long as it */
  placeOf(value: T, key: string): OrPlace<T> {
    const known = this.#places.get(key);
    if (known !== undefined) return known;
    if (this.#length > mostLength || key.length > mostKey) return value;
    this.#length += key.length;
    this.#places.set(key, this.values.length);
    return this.values.push(value) - 1;
  }
}

/** How many values are remembered. */
const mostRecent = 4;

/** What was made of the last values: comparing one with them is less work than making it again. */
export class Recent<T, V> {
  readonly #known: { readonly value: T; readonly made: V }[] = [];
  readonly #areSame: (one: T, other: T) => boolean;
  readonly #make: (value: T) => V;

  constructor(areSame: (one: T, other: T) => boolean, make: (value: T) => V) {
    this.#areSame = areSame;
    this.#make = make;
  }

  of(value: T): V {
    for (const known of this.#known) if (this.#areSame(known.value, value)) return known.made;
    const made = this.#make(value);
    if (this.#known.unshift({ value, made }) > mostRecent) this.#known.pop();
    return made;
  }
}
