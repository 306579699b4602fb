import { expect, test } from 'vitest';
import { LendingPool } from '../../src/util/lending-pool.js';

const numbered = (size: number) => {
  let made = 0;
  return new LendingPool(size, () => ++made);
};

test('makes an item only when none is free, and lends the last one returned first', async () => {
  const pool = numbered(3);
  const [one, two] = [await pool.borrow(), await pool.borrow()];
  pool.giveBack(two);
  pool.giveBack(one);
  expect([await pool.borrow(), await pool.borrow(), await pool.borrow()]).toEqual([1, 2, 3]);
});

test('who waits is served first come first served', async () => {
  const pool = numbered(1);
  const item = await pool.borrow();
  const served: string[] = [];
  const wait = async (name: string) => {
    const lent = await pool.borrow();
    served.push(name);
    pool.giveBack(lent);
  };
  const waits = [wait('a'), wait('b'), wait('c')];
  pool.giveBack(item);
  await Promise.all(waits);
  expect(served).toEqual(['a', 'b', 'c']);
});

test('closing refuses those who wait and those who come later', async () => {
  const pool = numbered(1);
  await pool.borrow();
  const waiting = pool.borrow();
  pool.close(new Error('closed'));
  await expect(waiting).rejects.toThrow('closed');
  await expect(pool.borrow()).rejects.toThrow('closed');
});

test('a pool of no places is refused', () => {
  expect(() => numbered(0)).toThrow(RangeError);
});
