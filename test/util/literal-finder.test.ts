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

test('takes no account of how a page is laid out', () => {
  const literal = '<hr><center>nginx';
  for (const text of ['<hr/><center>nginx</center>', '<hr />\r\n  <center> nginx', '<HR>\n<CENTER>nginx'])
    expect(found([literal], text)).toEqual([0]);
  expect(found([literal], '<hr> or <center>nginx')).toEqual([]);
  expect(found(['<p>a b', 'a>b'], '<p> a\tb a > b')).toEqual([0, 1]);
});

test('reads escapes as it is told to', () => {
  const finder = new LiteralFinder(['a "b" c'], (text, at) => {
    const [, length, char] = [
      ['&quot;', 6, '"'],
      ['&nbsp;', 6, ' '],
      ['\\u0022', 6, '"'],
    ].find(([token]) => text.startsWith(`${token}`, at)) ?? [undefined, 1, undefined];
    return char === undefined ? undefined : { text: `${char}`, length: Number(length) };
  });
  expect([...finder.find('x a&nbsp;&quot;b\\u0022 c & d')]).toEqual([0]);
  expect([...finder.find('a &amp;b" c')]).toEqual([]);
});

test('finds literals of more letters than a byte has numbers for', () => {
  const letters = Array.from({ length: 400 }, (_, at) => String.fromCharCode(0x4e00 + at));
  const literals = letters.slice(1).map((letter, at) => `${letters[at]}${letter}`);
  expect(found(literals, `${letters[300]}${letters[301]}`)).toEqual([300]);
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
