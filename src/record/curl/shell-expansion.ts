/** What stands for a `$…` in a shell text. */
export interface Expansion {
  /** How many characters it takes up; 0: a plain dollar sign. */
  readonly length: number;
  readonly value: string;
  /** The variable, where it has no value. */
  readonly unset?: string;
  /** The program that would have to run. */
  readonly runs?: string;
}

const plain: Expansion = { length: 0, value: '$' };

/** Reads the expansion that begins at a dollar sign (POSIX Shell Command Language, 2.6). Nothing is ever run. */
export function expandDollar(text: string, at: number, variables: ReadonlyMap<string, string>): Expansion {
  if (text[at + 1] === '(') return substitution(text, at);
  const rest = text.slice(at, at + 2000);
  const braces = /^\$\{(\w+)(?::?([-=+?])([^{}]*))?\}/.exec(rest);
  if (braces !== null) return ofBraces(braces, variables);
  const name = /^\$([A-Za-z_]\w*)/.exec(rest);
  if (name !== null) return ofName(name[0].length, name[1] ?? '', variables);
  return /^\$[\d?!$#@*-]/.test(rest) ? { length: 2, value: '', unset: rest.slice(1, 2) } : plain;
}

function ofName(length: number, name: string, variables: ReadonlyMap<string, string>): Expansion {
  const value = variables.get(name);
  return value === undefined ? { length, value: '', unset: name } : { length, value };
}

function ofBraces(
  [all, name = '', operator, word = '']: RegExpExecArray,
  variables: ReadonlyMap<string, string>,
): Expansion {
  const value = variables.get(name);
  const isSet = value !== undefined && value !== '';
  if (operator === '+') return { length: all.length, value: isSet ? word : '' };
  if (isSet || operator === undefined || operator === '?') return ofName(all.length, name, variables);
  return { length: all.length, value: word.replace(/^(["'])(.*)\1$/s, '$2') };
}

function substitution(text: string, at: number): Expansion {
  const end = closing(text, at + 1);
  return { length: end - at, value: '', runs: text.slice(at, end) };
}

/** Where the parenthesis ends that begins at `at`; quotes in it are skipped. */
export function closing(text: string, at: number): number {
  let depth = 0;
  for (let i = at; i < text.length; i++) {
    const char = text[i];
    if (char === '\\') i++;
    else if (char === "'") i = endOf(text, "'", i);
    else if (char === '(') depth++;
    else if (char === ')' && --depth === 0) return i + 1;
  }
  return text.length;
}

function endOf(text: string, char: string, at: number): number {
  const end = text.indexOf(char, at + 1);
  return end < 0 ? text.length : end;
}

/** Where the backquotes end that begin at `at`. */
export function endOfBackquotes(text: string, at: number): number {
  for (let i = at + 1; i < text.length; i++) {
    if (text[i] === '\\') i++;
    else if (text[i] === '`') return i + 1;
  }
  return text.length;
}

const escapes: Readonly<Record<string, string>> = {
  n: '\n',
  t: '\t',
  r: '\r',
  a: '\x07',
  b: '\b',
  f: '\f',
  v: '\v',
  e: '\x1b',
  E: '\x1b',
  '\\': '\\',
  "'": "'",
  '"': '"',
  '?': '?',
};

/** The text between `$'` and `'` (bash, 3.1.2.4), from the character after the quote. */
export function ansiText(text: string, from: number): { readonly value: string; readonly end: number } {
  const end = ansiEnd(text, from);
  const pattern = /\\(?:x([\da-fA-F]{1,2})|u([\da-fA-F]{1,4})|U([\da-fA-F]{1,8})|([0-7]{1,3})|c(.)|(.))/gs;
  const value = text.slice(from, end).replace(pattern, (all, hex, short, long, octal, control, char) => {
    if (hex !== undefined) return String.fromCharCode(Number.parseInt(hex, 16));
    if (octal !== undefined) return String.fromCharCode(Number.parseInt(octal, 8) & 0xff);
    if (short !== undefined || long !== undefined) return codePoint(Number.parseInt(short ?? long, 16));
    if (control !== undefined) return String.fromCharCode(control.toUpperCase().charCodeAt(0) & 0x1f);
    return escapes[char] ?? all;
  });
  return { value, end: end + 1 };
}

function ansiEnd(text: string, from: number): number {
  for (let i = from; i < text.length; i++) {
    if (text[i] === '\\') i++;
    else if (text[i] === "'") return i;
  }
  return text.length;
}

/** As bytes of UTF-8. Chrome writes halves of a pair one after another; they are joined once all bytes are there. */
function codePoint(code: number): string {
  if (code > 0x10ffff) return '';
  if (code >= 0xd800 && code <= 0xdfff) return surrogateBytes(code);
  return Buffer.from(String.fromCodePoint(code), 'utf8').toString('latin1');
}

/** A half of a surrogate pair in the three bytes that CESU-8 has for it. */
function surrogateBytes(code: number): string {
  return String.fromCharCode(0xe0 | (code >> 12), 0x80 | ((code >> 6) & 0x3f), 0x80 | (code & 0x3f));
}

/** Pairs of such halves as the four bytes that UTF-8 has for the character. */
export function joinSurrogates(bytes: string): string {
  return bytes.replace(/\xed([\xa0-\xaf])([\x80-\xbf])\xed([\xb0-\xbf])([\x80-\xbf])/g, (_, a, b, c, d) => {
    const half = (first: string, second: string) =>
      0xd000 | ((first.charCodeAt(0) & 0x3f) << 6) | (second.charCodeAt(0) & 0x3f);
    return Buffer.from(String.fromCharCode(half(a, b), half(c, d)), 'utf8').toString('latin1');
  });
}
