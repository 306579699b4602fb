import fc from 'fast-check';
import { expect, test } from 'vitest';
import { wrapCommand, wrapText } from '../../src/util/wrap-text.js';

test('text is broken at blanks, and stays one line where no width is given', () => {
  expect(wrapText('one two three', 7)).toEqual(['one two', 'three']);
  expect(wrapText('one two three', undefined)).toEqual(['one two three']);
  expect(wrapText('a verylongword b', 5)).toEqual(['a', 'verylongword', 'b']);
  expect(wrapText('日本 語', 4)).toEqual(['日本', '語']);
});

test('no word is lost, and only a single word may be too long', () => {
  const texts = fc.array(fc.stringMatching(/^[a-z]{1,12}$/), { minLength: 1 });
  fc.assert(
    fc.property(texts, fc.integer({ min: 1, max: 30 }), (words, columns) => {
      const lines = wrapText(words.join(' '), columns);
      expect(lines.join(' ')).toBe(words.join(' '));
      expect(lines.filter((line) => line.length > columns && line.includes(' '))).toEqual([]);
    }),
  );
});

test('a command goes on after a backslash, and what is quoted stays whole', () => {
  const command = "wafproof logs log --json | jq -r 'select(.a != 1)' | sort";
  expect(wrapCommand(command, 24)).toEqual([
    'wafproof logs log \\',
    '  --json | jq -r \\',
    "  'select(.a != 1)' | \\",
    '  sort',
  ]);
  expect(wrapCommand(command, 80)).toEqual([command]);
  expect(wrapCommand(command, undefined)).toEqual([command]);
});
