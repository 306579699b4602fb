import { expect, test } from 'vitest';
import { TopCounts } from '../../src/util/top-counts.js';

test('what is frequent comes first, and what came first of what is equally frequent', () => {
  const counts = new TopCounts<string>(10);
  for (const word of ['a', 'b', 'c', 'b', 'c', 'b']) counts.add(word, () => word.toUpperCase());
  expect(counts.top()).toEqual([
    { value: 'B', count: 3 },
    { value: 'C', count: 2 },
    { value: 'A', count: 1 },
  ]);
  expect(counts.top(1)).toHaveLength(1);
  expect(counts.isRough).toBe(false);
});

test('any number of rare values takes bounded memory and hides no frequent one', () => {
  const counts = new TopCounts<string>(100);
  for (let i = 0; i < 100_000; i++) {
    counts.add(`rare ${i}`, () => `rare ${i}`);
    if (i % 10 === 0) counts.add('frequent', () => 'frequent');
  }
  expect(counts.size).toBeLessThanOrEqual(200);
  expect(counts.isRough).toBe(true);
  expect(counts.top(1)).toEqual([{ value: 'frequent', count: 10_000 }]);
});
