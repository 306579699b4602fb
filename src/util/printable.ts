/**
 * Characters that cannot be seen, or that change how the text around them is shown: control characters (ANSI escapes
 * begin with one), format characters (bidirectional overrides, zero-width characters, byte order marks), line and
 * paragraph separators, and lone surrogates. The source of a regular expression with the flag `u`.
 */
export const invisiblePattern = '[\\p{Cc}\\p{Cf}\\p{Cs}\\p{Zl}\\p{Zp}]';

const invisible = new RegExp(invisiblePattern, 'gu');
const invisibleButNewline = new RegExp(`(?!\\n)${invisiblePattern}`, 'u');

const shortEscapes: Readonly<Record<string, string>> = { '\n': '\\n', '\r': '\\r', '\t': '\\t' };

/** The text on one line, with every invisible character written as an escape such as `\x1b` or `\u202e`. */
export function printable(text: string): string {
  return text.replace(invisible, escapeCharacter);
}

/** Whether all that is in the text can be seen; line feeds may be in it. */
export function isVisible(text: string): boolean {
  return !invisibleButNewline.test(text);
}

function escapeCharacter(char: string): string {
  const code = char.codePointAt(0) ?? 0;
  const short = shortEscapes[char];
  if (short !== undefined) return short;
  if (code < 0x100) return `\\x${hex(code, 2)}`;
  return code < 0x10000 ? `\\u${hex(code, 4)}` : `\\u{${hex(code, 5)}}`;
}

function hex(code: number, digits: number): string {
  return code.toString(16).padStart(digits, '0');
}
