import fc from 'fast-check';
import { expect, test } from 'vitest';
import { closest } from '../../src/util/closest.js';

test.each([
  ['header', ['form', 'headers'], 'headers'],
  ['hedaers', ['headers'], 'headers'],
  ['Path', ['path'], 'path'],
  ['x', ['id'], undefined],
  ['body', ['form'], undefined],
  ['a'.repeat(1000), ['a'.repeat(1001)], undefined],
])('%s of %j is %s', (word, candidates, expected) => {
  expect(closest(word, candidates)).toBe(expected);
});

test('one edit is forgiven, and no word is suggested for itself', () => {
  const word = fc.stringMatching(/^[a-z]{3,12}$/);
  fc.assert(
    fc.property(word, fc.nat(11), (text, at) => {
      const index = at % text.length;
      expect(closest(text, [`${text}s`, text])).toBeUndefined();
      expect(closest(text.slice(0, index) + text.slice(index + 1), [text])).toBe(text);
    }),
  );
});
