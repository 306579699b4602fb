import fc from 'fast-check';
import { expect, test } from 'vitest';
import { htmlValues } from '../../src/replay/html-values.js';

test.each([
  ['<input name="t" value="1">', '1'],
  ["<INPUT TYPE=hidden VALUE='a b' NAME='t' />", 'a b'],
  ['<input value=1 name=t>', '1'],
  ['<input\n  name = "t"\n  value = "1"\n>', '1'],
  ['<input name=t value=1/>', '1/'],
  ['<meta name="t" content="1">', '1'],
  ['<meta content="&quot;&amp;&#39;&#x2b;&lt;&nope;" name=t>', '"&\'+<&nope;'],
  ['<input name="t" value="&#1114112;">', '&#1114112;'],
  ['<input name="t" value="first"><input name="t" value="second">', 'first'],
  ['<input name="t" name="u" value="1">', '1'],
  ['<!-- <input name="t" value="no"> --><input name="t" value="1">', '1'],
  ['<script>"<input name=t value=no>"</SCRIPT><input name="t" value="1">', '1'],
  ['<textarea><input name=t value=no></textarea><input name=t value=1>', '1'],
  ['<input disabled name="t" required value="">', ''],
  ['<a title="<"><input name="t" value="1>2">', '1>2'],
  ['<inputs name="t" value="1">', undefined],
  ['<input name="t">', undefined],
  ['<input name="t" value="never closed', undefined],
  ['<!-- <input name="t" value="no">', undefined],
  ['<script><input name="t" value="no">', undefined],
  ['<input =name="t" value="no">', undefined],
])('%s', (html, value) => {
  expect(htmlValues(html).get('t')).toBe(value);
});

test('any text is read', () => {
  const piece = fc.constantFrom(
    '<input',
    '<meta',
    '<!--',
    '-->',
    '<script',
    '</script',
    '"',
    "'",
    '=',
    ' ',
    'name',
    't',
    '>',
    '/',
    '&#',
    ';',
  );
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 60 }), (pieces) => {
      htmlValues(pieces.join(''));
    }),
    { numRuns: 500 },
  );
});

test.each([
  '<input a="',
  "<input a='",
  '<input a=',
  '<input ',
  '<input a',
  '<!--',
  '<script>',
  '<',
  '<input\n',
  ' ',
  '<input name = ',
  '&#',
  '<input a="b\'',
])('a megabyte of %j is read in linear time', (piece) => {
  htmlValues(`<input name=x ${piece.repeat(Math.ceil(1_000_000 / piece.length))}`);
});
