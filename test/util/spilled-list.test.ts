import { readdirSync } from 'node:fs';
import fc from 'fast-check';
import { expect, onTestFinished, test } from 'vitest';
import { SpilledList } from '../../src/util/spilled-list.js';
import { folderOf } from '../suite/suite-folder.js';

async function listOf<T>(values: readonly T[], memoryBytes: number) {
  const folder = await folderOf({});
  const list = new SpilledList<T>({ folder, memoryBytes });
  onTestFinished(() => list.close());
  for (const value of values) list.add(value);
  return { folder, list };
}

test('whatever was added comes back in its order, each time, wherever it lies', async () => {
  const values = fc.array(fc.jsonValue(), { maxLength: 40 });
  await fc.assert(
    fc.asyncProperty(values, fc.integer({ min: 0, max: 200 }), async (added, memoryBytes) => {
      const { list } = await listOf(added, memoryBytes);
      const written = JSON.parse(JSON.stringify(added));
      expect(JSON.parse(JSON.stringify([...list]))).toEqual(written);
      expect(JSON.parse(JSON.stringify([...list]))).toEqual(written);
    }),
    { numRuns: 50 },
  );
});

test('more than memory is to hold lies in a file that has no name', async () => {
  const long = 'é'.repeat(700_000);
  const values = Array.from({ length: 8 }, (_, index) => ({ index, long, lines: 'a\nb\u2028c' }));
  const { folder, list } = await listOf(values, 1000);
  expect([...list]).toEqual(values);
  expect(readdirSync(folder)).toEqual([]);
});

test('it can be read while more is to come', async () => {
  const { list } = await listOf([1, 2], 0);
  expect([...list]).toEqual([1, 2]);
  list.add(3);
  expect([...list]).toEqual([1, 2, 3]);
});

test('what memory holds is the very value', async () => {
  const value = { undefinedStays: undefined };
  const { list } = await listOf([value], 1000);
  expect([...list][0]).toBe(value);
});

test('a folder that is not there is told by the file system', async () => {
  const list = new SpilledList<number>({ folder: '/no/such/folder', memoryBytes: 0 });
  expect(() => list.add(1)).toThrow('ENOENT');
});
