import fc from 'fast-check';
import { expect, test } from 'vitest';
import { isVisible, printable } from '../../src/util/printable.js';

test('what cannot be seen is written as an escape', () => {
  expect(printable('a\u001b[31mred\u0000\r\n\t')).toBe('a\\x1b[31mred\\x00\\r\\n\\t');
  expect(printable('\u202egpj.exe \u200b \ufeff \u2028 \ud800')).toBe('\\u202egpj.exe \\u200b \\ufeff \\u2028 \\ud800');
  expect(printable('\u{e0041}')).toBe('\\u{e0041}');
});

test('what can be seen stays as it is', () => {
  expect(printable("O'Brien, Žižek, 東京, 🙂 & C:\\new")).toBe("O'Brien, Žižek, 東京, 🙂 & C:\\new");
});

test('no text brings a control or a format character into the output', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      expect(printable(text)).not.toMatch(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u);
      expect(isVisible(printable(text))).toBe(true);
    }),
  );
});

test('line feeds count as visible, carriage returns do not', () => {
  expect(isVisible('a\nb')).toBe(true);
  expect(isVisible('a\r\nb')).toBe(false);
});
