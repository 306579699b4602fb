import fc from 'fast-check';
import { expect, test } from 'vitest';
import { LiteralFinder } from '../../src/util/literal-finder.js';

const found = (literals: readonly string[], text: string) => [...new LiteralFinder(literals).find(text)].sort();

test('finds literals that overlap, that are in one another, and that end the text', () => {
  expect(found(['he', 'she', 'his', 'hers'], 'ushers')).toEqual([0, 1, 3]);
  expect(found(['abcd', 'bc', 'x'], 'abcx')).toEqual([1, 2]);
});

test('takes no account of case and of how long white space is', () => {
  expect(found(['Support ID is'], 'your SUPPORT \r\n\t ID is')).toEqual([0]);
});

test('agrees with a search for each of them', () => {
  const letters = fc.string({ unit: fc.constantFrom('a', 'b', 'c', 'ü'), minLength: 1, maxLength: 5 });
  const texts = fc.string({ unit: fc.constantFrom('a', 'b', 'c', 'ü', '☃'), maxLength: 60 });
  fc.assert(
    fc.property(fc.uniqueArray(letters, { maxLength: 8 }), texts, (literals, text) => {
      const expected = literals.flatMap((literal, index) => (text.includes(literal) ? [index] : []));
      expect(found(literals, text)).toEqual(expected);
    }),
  );
});

test('has nothing to find where it was given nothing', () => {
  expect(found([], 'text')).toEqual([]);
});
