import { byteOfUnicode, hasHex, hexByte, isHex, isOctal, readings, replaceAt } from './transformation.js';

const controls: Readonly<Record<string, string>> = {
  a: '\x07',
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
  v: '\v',
};

interface Taken {
  readonly text: string;
  readonly end: number;
}

/** ANSI C escapes. AWS's text has octal ones begin with a zero; ModSecurity reads `\101` too. */
export function escapeSeqDecode(text: string): string | readonly string[] {
  if (!text.includes('\\')) return text;
  return readings(ansi(text, false), ansi(text, true));
}

function ansi(text: string, anyOctal: boolean): string {
  return replaceAt(text, '\\', (at) => ansiEscape(text, at + 1, anyOctal) ?? { text: '\\', end: at + 1 });
}

function ansiEscape(text: string, at: number, anyOctal: boolean): Taken | undefined {
  const letter = text.charAt(at);
  const control = controls[letter];
  if (control !== undefined) return { text: control, end: at + 1 };
  if (letter !== '' && '\\?\'"'.includes(letter)) return { text: letter, end: at + 1 };
  if (letter === 'x') return hasHex(text, at + 1, 2) ? { text: hexByte(text, at + 1), end: at + 3 } : undefined;
  if (letter === '0') return octal(text, at, 4);
  return anyOctal && isOctal(text.charCodeAt(at)) ? octal(text, at, 3) : undefined;
}

function octal(text: string, at: number, most: number): Taken {
  let end = at;
  while (end < text.length && end - at < most && isOctal(text.charCodeAt(end))) end++;
  return { text: String.fromCharCode(Number.parseInt(text.slice(at, end), 8) & 0xff), end };
}

/** Escapes of CSS 2, of which the last two digits count; a backslash before anything else goes. */
export function cssDecode(text: string): string {
  return replaceAt(text, '\\', (at) => cssEscape(text, at + 1));
}

function cssEscape(text: string, at: number): Taken {
  let end = at;
  while (end < text.length && end - at < 6 && isHex(text.charCodeAt(end))) end++;
  const count = end - at;
  if (count === 0) return cssPlain(text, at);
  const next = /[ \t\n\v\f\r]/.test(text.charAt(end)) ? end + 1 : end;
  return { text: cssByte(text.slice(at, end)), end: next };
}

function cssPlain(text: string, at: number): Taken {
  if (at >= text.length) return { text: '', end: at };
  return text.charAt(at) === '\n' ? { text: '', end: at + 1 } : { text: text.charAt(at), end: at + 1 };
}

function cssByte(digits: string): string {
  const code = Number.parseInt(digits.slice(-2), 16);
  const isFullWidth = digits.length >= 4 && /^0*ff$/i.test(digits.slice(0, -2)) && code > 0 && code < 0x5f;
  return String.fromCharCode(isFullWidth ? code + 0x20 : code);
}

/** Escapes of JavaScript; a backslash before anything else goes. */
export function jsDecode(text: string): string {
  return replaceAt(text, '\\', (at) => jsEscape(text, at + 1, false));
}

/** As `jsDecode`; how it treats escapes that JavaScript does not know, AWS does not say. */
export function jsDecodeExt(text: string): string | readonly string[] {
  return readings(
    jsDecode(text),
    replaceAt(text, '\\', (at) => jsEscape(text, at + 1, true)),
  );
}

function jsEscape(text: string, at: number, keepsOthers: boolean): Taken {
  const letter = text.charAt(at);
  if (letter === 'u' && hasHex(text, at + 1, 4)) return { text: byteOfUnicode(text, at + 1), end: at + 5 };
  if (letter === 'x' && hasHex(text, at + 1, 2)) return { text: hexByte(text, at + 1), end: at + 3 };
  if (letter === '') return { text: '\\', end: at };
  if (isOctal(text.charCodeAt(at))) return jsOctal(text, at);
  const plain = controls[letter] ?? ('\\\'"'.includes(letter) || !keepsOthers ? letter : `\\${letter}`);
  return { text: plain, end: at + 1 };
}

/** Up to three digits, as long as they stand for a byte. */
function jsOctal(text: string, at: number): Taken {
  const three = octal(text, at, 3);
  return three.end - at === 3 && text.charCodeAt(at) > 0x33 ? octal(text, at, 2) : three;
}
