import { readings } from './transformation.js';

/** UTF-8 becomes escapes. Their form is not documented; a text of ASCII stays as it is. */
export function utf8ToUnicode(text: string): string | readonly string[] {
  if (!/[\x80-\xff]/.test(text)) return text;
  const characters = Buffer.from(text, 'latin1').toString();
  const escaped = (write: (hex: string) => string) =>
    latin1(characters.replace(/\P{ASCII}/gu, (one) => write((one.codePointAt(0) ?? 0).toString(16).padStart(4, '0'))));
  return readings(
    escaped((hex) => `%u${hex}`),
    escaped((hex) => `%u${hex.toUpperCase()}`),
    escaped((hex) => `\\u${hex}`),
    escaped((hex) => `\\u${hex.toUpperCase()}`),
    latin1(characters.replace(/[\u0100-\u{10ffff}]/gu, '?')),
    text,
  );
}

function latin1(text: string): string {
  return Buffer.from(text, 'latin1').toString('latin1');
}
