import fc from 'fast-check';
import { expect, test } from 'vitest';
import { mapConcurrently } from '../../src/util/concurrency.js';

const turns = async (count: number) => {
  for (let turn = 0; turn < count; turn++) await new Promise((resolve) => setImmediate(resolve));
};

const collect = async <T>(items: AsyncIterable<T>): Promise<T[]> => {
  const all: T[] = [];
  for await (const item of items) all.push(item);
  return all;
};

const never = () => new Promise<never>(() => {});

test('every item is mapped once, never more than the limit at a time', async () => {
  const property = fc.asyncProperty(
    fc.array(fc.nat(4), { maxLength: 60 }),
    fc.integer({ min: 1, max: 9 }),
    fc.boolean(),
    async (delays, limit, isAsync) => {
      let running = 0;
      let most = 0;
      const source = isAsync ? later(delays) : delays;
      const results = await collect(
        mapConcurrently(source, limit, async (delay) => {
          most = Math.max(most, ++running);
          await turns(delay);
          running--;
          return delay;
        }),
      );
      expect(results.toSorted()).toEqual(delays.toSorted());
      expect(most).toBeLessThanOrEqual(limit);
      expect(running).toBe(0);
    },
  );
  await fc.assert(property, { numRuns: 100 });
});

async function* later<T>(items: readonly T[]): AsyncGenerator<T> {
  for (const item of items) {
    await turns(1);
    yield item;
  }
}

test('results come in the order in which they are ready', async () => {
  const results = await collect(
    mapConcurrently([30, 0, 10], 3, async (delay) => {
      await turns(delay);
      return delay;
    }),
  );
  expect(results).toEqual([0, 10, 30]);
});

test('a consumer that does not consume stops the pulling', async () => {
  let pulled = 0;
  function* endless() {
    for (;;) yield pulled++;
  }
  const results = mapConcurrently(endless(), 4, async (item) => item);
  await results.next();
  await turns(20);
  expect(pulled).toBeLessThanOrEqual(5);
  await results.return();
});

test('the source is pulled while the consumer works, so that the limit is used', async () => {
  let running = 0;
  const results = mapConcurrently([0, 1, 2, 3, 4], 3, async (item) => {
    running++;
    await (item === 0 ? turns(0) : turns(50));
    running--;
    return item;
  });
  await results.next();
  await turns(5);
  expect(running).toBe(3);
  await collect(results);
});

test('after an abort nothing is pulled, what runs is still yielded, and the iteration ends', async () => {
  const stop = new AbortController();
  let pulled = 0;
  function* endless() {
    for (;;) yield pulled++;
  }
  const results: number[] = [];
  const fn = async (item: number) => {
    await turns(3);
    return item;
  };
  for await (const item of mapConcurrently(endless(), 4, fn, stop.signal)) {
    results.push(item);
    if (results.length === 10) stop.abort();
  }
  expect(results.length).toBe(pulled);
  expect(pulled).toBeLessThanOrEqual(14);
});

test('an abort ends the wait for a source that yields nothing', async () => {
  const stop = new AbortController();
  const stuck = { [Symbol.asyncIterator]: () => ({ next: never }) };
  const results = collect(mapConcurrently(stuck, 2, async () => 1, stop.signal));
  await turns(2);
  stop.abort();
  expect(await results).toEqual([]);
});

test('nothing is pulled when the signal is aborted beforehand', async () => {
  let pulled = 0;
  function* source() {
    yield pulled++;
  }
  expect(await collect(mapConcurrently(source(), 2, async (item) => item, AbortSignal.abort()))).toEqual([]);
  expect(pulled).toBe(0);
});

test('the first error is thrown after what runs has ended, and the source is told', async () => {
  let running = 0;
  let ended = false;
  function* source() {
    try {
      for (let item = 0; ; item++) yield item;
    } finally {
      ended = true;
    }
  }
  const fn = async (item: number) => {
    running++;
    await turns(item === 3 ? 1 : 10);
    running--;
    if (item === 3) throw new Error('three');
    return item;
  };
  await expect(collect(mapConcurrently(source(), 4, fn))).rejects.toThrow('three');
  expect([running, ended]).toEqual([0, true]);
});

test('an error of the source is thrown after the results before it', async () => {
  async function* source() {
    yield 1;
    await turns(3);
    throw new Error('source');
  }
  const seen: number[] = [];
  const run = async () => {
    for await (const item of mapConcurrently(source(), 4, async (given) => given)) seen.push(item);
  };
  await expect(run()).rejects.toThrow('source');
  expect(seen).toEqual([1]);
});

test('a consumer that leaves early leaves nothing running', async () => {
  let running = 0;
  const fn = async (item: number) => {
    running++;
    await turns(item * 5);
    running--;
    return item;
  };
  for await (const _ of mapConcurrently([0, 1, 2, 3, 4, 5], 4, fn)) break;
  expect(running).toBe(0);
});

test.each([0, -1, Number.NaN])('a limit of %s is refused', async (limit) => {
  await expect(collect(mapConcurrently([1], limit, async (item) => item))).rejects.toThrow(RangeError);
});
