interface Waiter<T> {
  readonly lend: (item: T) => void;
  readonly refuse: (reason: unknown) => void;
}

/** A fixed number of things that are lent one at a time, made when first needed, the last one returned first. */
export class LendingPool<T> {
  readonly #make: () => T;
  readonly #size: number;
  readonly #idle: T[] = [];
  readonly #waiters: Waiter<T>[] = [];
  #made = 0;
  #closed: { readonly reason: unknown } | undefined;

  constructor(size: number, make: () => T) {
    if (!(size >= 1)) throw new RangeError(`a pool needs at least one place, not ${size}`);
    this.#size = size;
    this.#make = make;
  }

  /** The next free item, first come first served. Rejects with the reason of `close`. */
  async borrow(): Promise<T> {
    if (this.#closed !== undefined) throw this.#closed.reason;
    const idle = this.#idle.pop();
    if (idle !== undefined) return idle;
    if (this.#made === this.#size) return this.#queue();
    this.#made++;
    return this.#make();
  }

  giveBack(item: T): void {
    const waiter = this.#waiters.shift();
    if (waiter === undefined) this.#idle.push(item);
    else waiter.lend(item);
  }

  /** Refuses all who wait and all who come later. What is lent stays lent. */
  close(reason: unknown): void {
    this.#closed ??= { reason };
    for (const waiter of this.#waiters.splice(0)) waiter.refuse(reason);
  }

  #queue(): Promise<T> {
    return new Promise((lend, refuse) => {
      this.#waiters.push({ lend, refuse });
    });
  }
}
