import fc from 'fast-check';
import { expect, test } from 'vitest';
import { displayWidth, fitWidth, padWidth } from '../../src/util/display-width.js';

test('wide characters take two columns, marks none', () => {
  expect(displayWidth('abc')).toBe(3);
  expect(displayWidth('東京')).toBe(4);
  expect(displayWidth('e\u0301')).toBe(1);
});

test('a text that is too long ends in an ellipsis', () => {
  expect(fitWidth('abcdef', 6)).toBe('abcdef');
  expect(fitWidth('abcdefg', 6)).toBe('abcde…');
  expect(fitWidth('東京都庁', 6)).toBe('東京…');
});

test('cut and filled texts keep to their columns', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), fc.integer({ min: 1, max: 30 }), (text, columns) => {
      expect(displayWidth(fitWidth(text, columns))).toBeLessThanOrEqual(columns);
      expect(displayWidth(padWidth(fitWidth(text, columns), columns))).toBe(columns);
    }),
  );
});
