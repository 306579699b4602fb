import { expect, test } from 'vitest';
import { seededRandom } from '../../src/util/random.js';

test('the same seed gives the same numbers, from 0 up to 1', () => {
  const numbers = (seed: number) => Array.from({ length: 1000 }, seededRandom(seed));
  expect(numbers(7)).toEqual(numbers(7));
  expect(numbers(7)).not.toEqual(numbers(8));
  expect(numbers(7).every((number) => number >= 0 && number < 1)).toBe(true);
});
