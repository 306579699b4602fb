import { byteOfUnicode, hasHex, hexByte, replaceAt } from './transformation.js';

/** `%XX` and `+`; what is no valid escape stays. */
export function urlDecode(text: string): string {
  return replaceAt(text.replaceAll('+', ' '), '%', (at) =>
    hasHex(text, at + 1, 2) ? { text: hexByte(text, at + 1), end: at + 3 } : { text: '%', end: at + 1 },
  );
}

/** `urlDecode`, and Microsoft's `%uXXXX`. */
export function urlDecodeUni(text: string): string {
  return replaceAt(text.replaceAll('+', ' '), '%', (at) => {
    const isUnicode = text.charAt(at + 1) === 'u' || text.charAt(at + 1) === 'U';
    if (isUnicode && hasHex(text, at + 2, 4)) return { text: byteOfUnicode(text, at + 2), end: at + 6 };
    return hasHex(text, at + 1, 2) ? { text: hexByte(text, at + 1), end: at + 3 } : { text: '%', end: at + 1 };
  });
}
