/**
 * Log lines are handled as Latin-1 text, one character a byte, so that escapes such as `\xc3\xa9` can be put together
 * before the whole is read as UTF-8.
 */
export function asBytes(bytes: Buffer, start: number, end: number): string {
  return bytes.toString('latin1', start, end);
}

/** Text of one character a byte, read as UTF-8; what is not UTF-8 becomes U+FFFD. */
export function asText(bytes: string): string {
  return isAscii(bytes) ? bytes : Buffer.from(bytes, 'latin1').toString('utf8');
}

/** Whether text of one character a byte is the same when it is read as UTF-8. */
export function isAscii(bytes: string): boolean {
  return !beyondAscii.test(bytes);
}

const beyondAscii = /[\x80-\xff]/;

const letters: Readonly<Record<string, string>> = {
  a: '\x07',
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
  v: '\v',
  '"': '"',
  '\\': '\\',
};

function digitsAfter(letter: string): number {
  if (letter === 'x') return 2;
  return letter === 'u' ? 4 : letter === 'U' ? 8 : 0;
}

/** Undoes the escapes of ModSecurity 2 and of Go's `%q`: `\xc3`, `\n`, `\"`, `\\`, `\u00e9`. */
export function undoEscapes(text: string): string {
  return replaceEscapes(text, '\\', (letter, at) => {
    if (letter !== 'x' && letter !== 'u' && letter !== 'U') return letters[letter];
    const code = hexAt(text, at + 2, digitsAfter(letter), anyDigits);
    if (code < 0) return undefined;
    return letter === 'x' ? String.fromCharCode(code) : utf8(code);
  });
}

function utf8(codePoint: number): string {
  return Buffer.from(codePoint > 0x10ffff ? '\ufffd' : String.fromCodePoint(codePoint), 'utf8').toString('latin1');
}

/** What a value of libmodsecurity 3 is in its `[data "…"]` and `[tag "…"]`: quotes and backslashes stand there as `\x22` and `\x5c`. */
export function unescapeHex(text: string): string {
  return replaceEscapes(text, '\\x', (_, at) => {
    const code = hexAt(text, at + 2, 2, smallDigits);
    return code < 0 ? undefined : String.fromCharCode(code);
  });
}

/**
 * What a text of libmodsecurity 3 is outside of them: there a backslash stands for itself, so only `\xHH` of characters
 * that are not printable ASCII can be an escape.
 */
export function unescapeUnprintable(text: string): string {
  return replaceEscapes(text, '\\x', (_, at) => {
    const code = hexAt(text, at + 2, 2, smallDigits);
    return code < 0 || (code >= 0x20 && code < 0x7f) ? undefined : String.fromCharCode(code);
  });
}

/** @param read what an escape means by the letter after its backslash and its place; nothing where it is none */
function replaceEscapes(text: string, start: string, read: (letter: string, at: number) => string | undefined): string {
  if (!text.includes('\\')) return text;
  let plain = '';
  let from = 0;
  for (let at = text.indexOf(start); at >= 0; at = text.indexOf(start, from)) {
    const letter = text.charAt(at + 1);
    const meant = read(letter, at);
    const length = meant === undefined ? 0 : digitsAfter(letter);
    plain += text.slice(from, at) + (meant ?? text.slice(at, at + 2));
    from = at + 2 + length;
  }
  return from === 0 ? text : plain + text.slice(from);
}

const smallDigits = '0123456789abcdef';
const anyDigits = `${smallDigits}ABCDEF`;

/** The number that so many hexadecimal digits are; negative where they are not all there. */
function hexAt(text: string, start: number, length: number, digits: string): number {
  if (start + length > text.length) return -1;
  let value = 0;
  for (let at = start; at < start + length; at++) {
    const digit = digits.indexOf(text.charAt(at));
    if (digit < 0) return -1;
    value = value * 16 + (digit < 16 ? digit : digit - 6);
  }
  return value;
}

/** What ModSecurity 2 and Coraza have escaped, as text. */
export function plain(logged: string): string {
  return asText(undoEscapes(logged));
}

/** The next quote from a place on that no backslash escapes. */
export function closingQuote(text: string, from: number): number {
  for (let at = text.indexOf('"', from); at >= 0; at = text.indexOf('"', at + 1)) {
    let slashes = at - 1;
    while (slashes >= from && text.charCodeAt(slashes) === backslash) slashes--;
    if ((at - slashes) % 2 === 1) return at;
  }
  return -1;
}

const backslash = 0x5c;
