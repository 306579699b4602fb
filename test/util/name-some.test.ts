import { expect, test } from 'vitest';
import { nameSome } from '../../src/util/name-some.js';

test.each([
  [[], ''],
  [['a', 'b'], 'a, b'],
  [['a', 'b', 'c', 'd', 'e'], 'a, b, c, d, e'],
  [['a', 'b', 'c', 'd', 'e', 'f', 'g'], 'a, b, c, d, e and 2 more'],
])('%j', (names, expected) => {
  expect(nameSome(names)).toBe(expected);
});
