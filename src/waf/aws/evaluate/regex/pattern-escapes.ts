import { UnsupportedPattern } from './pattern.js';

const controls: Readonly<Record<string, string>> = {
  a: '\x07',
  e: '\x1b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
};

interface EscapedByte {
  readonly byte: string;
  readonly end: number;
}

/**
 * The byte that an escape stands for.
 * @param at behind the backslash
 * @param inClass `\1` is an octal number there and not a reference
 * @throws UnsupportedPattern
 */
export function readEscapedByte(text: string, at: number, inClass: boolean): EscapedByte {
  const letter = text.charAt(at);
  if (letter === '') throw new UnsupportedPattern('it ends with a backslash');
  const control = controls[letter];
  if (control !== undefined) return { byte: control, end: at + 1 };
  if (letter === 'x') return hexadecimal(text, at + 1);
  if (letter === 'c') return controlByte(text, at + 1);
  if (/[0-9]/.test(letter)) return octal(text, at, inClass);
  if (/[A-Za-z]/.test(letter)) throw new UnsupportedPattern(unknownEscape(letter));
  return { byte: letter, end: at + 1 };
}

function hexadecimal(text: string, at: number): EscapedByte {
  const digits = /^(?:\{([0-9A-Fa-f]{1,8})\}|([0-9A-Fa-f]{0,2}))/.exec(text.slice(at, at + 10));
  const code = Number.parseInt(digits?.[1] ?? (digits?.[2] || '0'), 16);
  if (code > 0xff) throw new UnsupportedPattern('it has a character that is more than one byte');
  return { byte: String.fromCharCode(code), end: at + (digits?.[0].length ?? 0) };
}

function controlByte(text: string, at: number): EscapedByte {
  const letter = text.charAt(at).toUpperCase();
  if (!/^[\x20-\x7e]$/.test(letter)) throw new UnsupportedPattern('"\\c" has no character behind it');
  return { byte: String.fromCharCode(letter.charCodeAt(0) ^ 0x40), end: at + 1 };
}

function octal(text: string, at: number, inClass: boolean): EscapedByte {
  const digits = /^[0-7]{1,3}/.exec(text.slice(at, at + 3))?.[0];
  if (digits === undefined || !(inClass || digits.startsWith('0')))
    throw new UnsupportedPattern('it refers to what a group matched, which AWS WAF does not take');
  return { byte: String.fromCharCode(Number.parseInt(digits, 8) & 0xff), end: at + digits.length };
}

function unknownEscape(letter: string): string {
  if ('CRKX'.includes(letter)) return `it has "\\${letter}", which AWS WAF does not take`;
  if ('gk'.includes(letter)) return 'it refers to what a group matched, which AWS WAF does not take';
  return `it has "\\${letter}", which is not evaluated here`;
}
