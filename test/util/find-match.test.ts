import fc from 'fast-check';
import { expect, onTestFinished, test, vi } from 'vitest';
import { matchFinder } from '../../src/util/find-match.js';

/** The piece of the text that would be marked. */
function marked(text: string, matched: string): string | undefined {
  const range = matchFinder(text)(matched);
  return range === undefined ? undefined : text.slice(range.start, range.end);
}

test.each([
  ['as it is', 'id = 1 OR 1=1; --', '1 OR 1=1', '1 OR 1=1'],
  ['in lower case', 'id = 1 OR 1=1; --', '1 or 1=1', '1 OR 1=1'],
  ['URL-decoded', 'q=%27%20or%201%3D1&x', "' or 1=1", '%27%20or%201%3D1'],
  ['plus for a space', 'q=rm+-rf+dist', 'rm -rf', 'rm+-rf'],
  ['UTF-8 behind percent signs', 'n=caf%C3%A9!', 'café', 'caf%C3%A9'],
  ['HTML entities', 'a &lt;script&#x3e;', '<script>', '&lt;script&#x3e;'],
  ['without white space', 'UNION\n SELECT x', 'unionselect', 'UNION\n SELECT'],
  ['matched text with more white space', 'union select', 'union  select', 'union select'],
  ['quotes and backslashes removed', 'run c"a"t /etc\\/passwd now', 'cat /etc/passwd', 'c"a"t /etc\\/passwd'],
  ['with letters that change length in lower case', 'İSTANBUL Union', 'union', 'Union'],
])('%s', (_, text, matched, piece) => {
  expect(marked(text, matched)).toBe(piece);
});

test('what is not there is not found', () => {
  expect(marked('a question', 's&1c')).toBeUndefined();
  expect(marked('a question', '')).toBeUndefined();
  expect(marked('', 'x')).toBeUndefined();
  expect(marked('abc', ' ')).toBeUndefined();
});

test('any piece of a text is found in it, whatever its case', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', minLength: 1 }), fc.nat(), fc.nat(), (text, from, length) => {
      const start = from % text.length;
      const piece = text.slice(start, start + 1 + (length % 20));
      expect(marked(text, piece)).toBe(piece);
    }),
  );
});

test('the case of ASCII letters does not matter', () => {
  fc.assert(
    fc.property(fc.string({ minLength: 1 }), (text) => {
      expect(marked(text.toUpperCase(), text.toLowerCase())).toBe(text.toUpperCase());
    }),
  );
});

test('large values are searched as they are', () => {
  const text = `${'x'.repeat(1_000_000)} union select`;
  expect(marked(text, 'union select')).toBe('union select');
});

test('a value is taken apart once, however many matches are looked for', () => {
  const value = `${'A%20B '.repeat(8_000)}END`;
  const takenApart = vi.spyOn(String.prototype, 'matchAll');
  onTestFinished(() => takenApart.mockRestore());
  const find = matchFinder(value);
  for (let round = 0; round < 2000; round++) expect(find('end')).toBeDefined();
  expect(takenApart.mock.contexts.filter((text) => String(text).length === value.length)).toHaveLength(1);
});
