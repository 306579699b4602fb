import fc from 'fast-check';
import { expect, test } from 'vitest';
import { holdsAny } from '../../src/util/holds-any.js';

const letters = fc.string({ unit: fc.constantFrom('a', 'b', 'é', '\ud83d', '\ude00'), maxLength: 12 });

test('a text holds any of others exactly where one of them is in it', () => {
  fc.assert(
    fc.property(fc.array(letters, { maxLength: 12 }), fc.string({ unit: letters, maxLength: 6 }), (wanted, text) => {
      expect(holdsAny(wanted)(text)).toBe(wanted.some((one) => text.includes(one)));
    }),
    { numRuns: 1000 },
  );
});

test('none of nothing is in a text', () => {
  expect(holdsAny([])('abc')).toBe(false);
  expect(holdsAny(['abcd'])('abc')).toBe(false);
});
