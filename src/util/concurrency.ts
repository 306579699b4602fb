type Settled<R> = { readonly kind: 'value'; readonly value: R } | { readonly kind: 'error'; readonly error: unknown };

/**
 * Runs `fn` over `items`, at most `limit` at a time, and yields the results in the order in which they are ready.
 *
 * - Items are pulled only while fewer than `limit` are running or waiting to be consumed.
 * - When `signal` aborts, no further item is pulled; what is running is still yielded, then the iteration ends.
 * - The first error of `items` or `fn` is thrown. However the iteration ends, nothing runs any more afterwards, and the
 *   source has been told to end.
 */
export async function* mapConcurrently<T, R>(
  items: AsyncIterable<T> | Iterable<T>,
  limit: number,
  fn: (item: T) => Promise<R>,
  signal?: AbortSignal,
): AsyncGenerator<R, void, undefined> {
  const crew = new Crew(iterate(items), limit, fn, signal);
  const onAbort = () => crew.stop();
  signal?.addEventListener('abort', onAbort, { once: true });
  try {
    for (let next = await crew.next(); next !== undefined; next = await crew.next()) {
      if (next.kind === 'error') throw next.error;
      yield next.value;
    }
  } finally {
    signal?.removeEventListener('abort', onAbort);
    await crew.disband();
  }
}

function iterate<T>(items: AsyncIterable<T> | Iterable<T>): AsyncIterator<T> | Iterator<T> {
  return Symbol.asyncIterator in items ? items[Symbol.asyncIterator]() : items[Symbol.iterator]();
}

/** The state of one `mapConcurrently`: one pull at a time, up to `limit` runs, and the results not yet consumed. */
class Crew<T, R> {
  readonly #source: AsyncIterator<T> | Iterator<T>;
  readonly #limit: number;
  readonly #fn: (item: T) => Promise<R>;
  readonly #settled: Settled<R>[] = [];
  #running = 0;
  #pulling = false;
  #stopped: boolean;
  #exhausted = false;
  #wake = () => {};

  constructor(
    source: AsyncIterator<T> | Iterator<T>,
    limit: number,
    fn: (item: T) => Promise<R>,
    signal: AbortSignal | undefined,
  ) {
    if (!(limit >= 1)) throw new RangeError(`a limit must be at least 1, not ${limit}`);
    this.#source = source;
    this.#limit = limit;
    this.#fn = fn;
    this.#stopped = signal?.aborted ?? false;
  }

  /** Pulls nothing from now on. */
  stop(): void {
    this.#stopped = true;
    this.#wake();
  }

  /** The next result; nothing when all is done. */
  async next(): Promise<Settled<R> | undefined> {
    for (;;) {
      const ready = this.#settled.shift();
      this.#fill();
      if (ready !== undefined) return ready;
      if (this.#running === 0 && (this.#stopped || this.#exhausted) && this.#settled.length === 0) return undefined;
      await this.#change();
    }
  }

  /** Stops, waits for what is running, and ends the source, unless it is stuck in a pull that nobody waits for. */
  async disband(): Promise<void> {
    this.#stopped = true;
    while (this.#running > 0) await this.#change();
    if (this.#exhausted) return;
    const ended = Promise.resolve(this.#source.return?.());
    if (this.#pulling) ended.catch(() => {});
    else await ended;
  }

  #change(): Promise<void> {
    return new Promise((resolve) => {
      this.#wake = resolve;
    });
  }

  #fill(): void {
    const room = this.#running + this.#settled.length < this.#limit;
    if (room && !this.#pulling && !this.#stopped && !this.#exhausted) void this.#pull();
  }

  async #pull(): Promise<void> {
    this.#pulling = true;
    try {
      const next = await this.#source.next();
      if (next.done === true) this.#exhausted = true;
      else if (!this.#stopped) void this.#run(next.value);
    } catch (error) {
      this.#exhausted = true;
      this.#settled.push({ kind: 'error', error });
    }
    this.#pulling = false;
    this.#fill();
    this.#wake();
  }

  async #run(item: T): Promise<void> {
    this.#running++;
    const settled = await this.#attempt(item);
    this.#running--;
    this.#settled.push(settled);
    this.#fill();
    this.#wake();
  }

  async #attempt(item: T): Promise<Settled<R>> {
    try {
      return { kind: 'value', value: await this.#fn(item) };
    } catch (error) {
      return { kind: 'error', error };
    }
  }
}
