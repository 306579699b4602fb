import fc from 'fast-check';
import { expect, test } from 'vitest';
import { excerpt } from '../../../src/report/html/excerpt.js';
import { printable } from '../../../src/util/printable.js';

test('a short text is whole, with what is marked in it', () => {
  expect(excerpt('say 1 OR 1=1 twice', [{ start: 4, end: 12 }], 'trigger')).toEqual([
    { text: 'say ', mark: '' },
    { text: '1 OR 1=1', mark: 'trigger' },
    { text: ' twice', mark: '' },
  ]);
});

test('of a long text the places around the marks are shown', () => {
  const text = `${'a'.repeat(500)}<b>${'c'.repeat(500)}<d>${'e'.repeat(500)}`;
  const ranges = [
    { start: 500, end: 503 },
    { start: 1003, end: 1006 },
  ];
  expect(excerpt(text, ranges, 'exact').map((piece) => piece.text)).toEqual([
    `…${'a'.repeat(80)}`,
    '<b>',
    `${'c'.repeat(80)}…${'c'.repeat(80)}`,
    '<d>',
    `${'e'.repeat(80)}…`,
  ]);
});

test('marks that overlap or touch are one, in whatever order they come', () => {
  const ranges = [
    { start: 4, end: 6 },
    { start: 0, end: 2 },
    { start: 1, end: 4 },
  ];
  expect(excerpt('abcdefgh', ranges, 'exact')).toEqual([
    { text: 'abcdef', mark: 'exact' },
    { text: 'gh', mark: '' },
  ]);
});

test('what is marked stays marked, nothing is invented, and no character is halved', () => {
  const text = fc.string({ unit: 'grapheme', maxLength: 60 });
  const range = fc.tuple(fc.nat(70), fc.nat(70)).map(([a, b]) => ({ start: Math.min(a, b), end: Math.max(a, b) }));
  fc.assert(
    fc.property(text, fc.array(range, { maxLength: 5 }), (value, ranges) => {
      const shown = excerpt(value, ranges, 'exact').map((piece) => piece.text);
      expect(shown.join('')).toBe(printable(value));
    }),
  );
  const emoji = excerpt(`${'😀'.repeat(100)}x`, [{ start: 200, end: 201 }], 'exact');
  expect(emoji[0]?.text).toBe(`…${'😀'.repeat(40)}`);
  expect(excerpt(`${'😀'.repeat(100)}yx`, [{ start: 201, end: 202 }], 'exact')[0]?.text).toBe(`…${'😀'.repeat(39)}y`);
});
