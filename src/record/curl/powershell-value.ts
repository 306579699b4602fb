/** A value of a PowerShell script, as far as it can be told without running it. */
export type PowerShellValue =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'table'; readonly pairs: (readonly [name: string, value: string])[] }
  | { readonly kind: 'unknown' };

const escapes: Readonly<Record<string, string>> = {
  n: '\n',
  r: '\r',
  t: '\t',
  0: '\0',
  a: '\x07',
  b: '\b',
  f: '\f',
  v: '\v',
  e: '\x1b',
};

/** What a value is, and where it ends. */
export interface ReadValue {
  readonly value: PowerShellValue;
  readonly end: number;
}

export type Variables = Map<string, PowerShellValue>;

/** Reads the value at a place: strings, here-strings, `@{…}`, variables, and the bytes of a string. */
export function readPowerShellValue(text: string, at: number, variables: Variables): ReadValue {
  const rest = text.slice(at, at + 200);
  const here = /^@(["'])[ \t]*\r?\n/.exec(rest);
  if (here !== null) return hereString(text, at + here[0].length, here[1] ?? '"', variables);
  if (rest.startsWith('"')) return doubleQuoted(text, at + 1, variables);
  if (rest.startsWith("'")) return singleQuoted(text, at + 1);
  if (rest.startsWith('@{')) return table(text, at + 2, variables);
  const bytes = /^\(?\[System\.Text\.Encoding\]::UTF8\.GetBytes\(\s*/i.exec(rest);
  if (bytes !== null) return closed(text, readPowerShellValue(text, at + bytes[0].length, variables));
  if (/^\(\s*[^"'@$([\s]/.test(rest)) return { value: { kind: 'unknown' }, end: closingEnd(text, at) };
  if (rest.startsWith('(')) return closed(text, readPowerShellValue(text, at + 1, variables));
  const variable = /^\$\{?([\w:]+)\}?/.exec(rest);
  if (variable !== null)
    return {
      value: variables.get((variable[1] ?? '').toLowerCase()) ?? { kind: 'unknown' },
      end: at + variable[0].length,
    };
  const word = /^[^\s;|)}`]+/.exec(text.slice(at, at + 10_000))?.[0] ?? '';
  return { value: { kind: 'text', text: word }, end: at + Math.max(word.length, 1) };
}

/** Where the parentheses end that begin at the place. */
function closingEnd(text: string, at: number): number {
  const end = text.indexOf(')', at);
  return end < 0 ? text.length : end + 1;
}

function closed(text: string, { value, end }: ReadValue): ReadValue {
  const parentheses = /^[\s)]*/.exec(text.slice(end, end + 20))?.[0] ?? '';
  const close = parentheses.lastIndexOf(')');
  return { value, end: end + close + 1 };
}

function doubleQuoted(text: string, from: number, variables: Variables): ReadValue {
  let value: string | undefined = '';
  let at = from;
  while (at < text.length) {
    const piece = quotedPiece(text, at, variables);
    if (piece === 'end') break;
    value = value === undefined || piece.text === undefined ? undefined : value + piece.text;
    at += piece.length;
  }
  return { value: value === undefined ? { kind: 'unknown' } : { kind: 'text', text: value }, end: at + 1 };
}

/** A character of a string in double quotes, or what an escape or a variable stands for. */
function quotedPiece(text: string, at: number, variables: Variables): Piece | 'end' {
  const char = text[at] ?? '';
  const next = text[at + 1] ?? '';
  if (char === '`') return { text: escapes[next] ?? next, length: 2 };
  if (char === '"') return next === '"' ? { text: '"', length: 2 } : 'end';
  return char === '$' ? expanded(text, at, variables) : { text: char, length: 1 };
}

/** A piece of a string; without a text where a program would have to run to tell it. */
interface Piece {
  readonly text?: string;
  readonly length: number;
}

/** `$([char]233)`, as Chrome writes what is not ASCII, and variables. */
function expanded(text: string, at: number, variables: Variables): Piece {
  const rest = text.slice(at, at + 200);
  const char = /^\$\(\[char\](?:0x([\da-f]+)|(\d+))\)/i.exec(rest);
  if (char !== null) {
    const code = char[1] === undefined ? Number(char[2]) : Number.parseInt(char[1], 16);
    return { text: String.fromCharCode(code), length: char[0].length };
  }
  const name = /^\$\{?([A-Za-z_]\w*)\}?/.exec(rest);
  if (name === null) return rest.startsWith('$(') ? { length: 1 } : { text: '$', length: 1 };
  const value = variables.get((name[1] ?? '').toLowerCase());
  return { length: name[0].length, ...(value?.kind === 'text' && { text: value.text }) };
}

function singleQuoted(text: string, from: number): ReadValue {
  let value = '';
  let at = from;
  for (; at < text.length; at++) {
    if (text[at] !== "'") value += text[at];
    else if (text[at + 1] === "'") value += text[at++];
    else break;
  }
  return { value: { kind: 'text', text: value }, end: at + 1 };
}

function hereString(text: string, from: number, quote: string, variables: Variables): ReadValue {
  const close = text.indexOf(`\n${quote}@`, from - 1);
  const end = close < 0 ? text.length : close;
  const inner = text.slice(from, Math.max(end, from)).replace(/\r$/, '');
  const value =
    quote === "'"
      ? ({ kind: 'text', text: inner } as const)
      : doubleQuoted(`${inner.replaceAll('"', '`"')}"`, 0, variables).value;
  return { value, end: end + 3 };
}

function table(text: string, from: number, variables: Variables): ReadValue {
  const pairs: (readonly [string, string])[] = [];
  let isKnown = true;
  let at = skip(text, from);
  while (at < text.length && text[at] !== '}') {
    const bare = /^[\w-]+/.exec(text.slice(at, at + 200))?.[0];
    const key: ReadValue =
      bare === undefined
        ? readPowerShellValue(text, at, variables)
        : { value: { kind: 'text', text: bare }, end: at + bare.length };
    at = skip(text, key.end);
    if (text[at] === '=') at = skip(text, at + 1);
    const value = readPowerShellValue(text, at, variables);
    if (key.value.kind === 'text' && value.value.kind === 'text') pairs.push([key.value.text, value.value.text]);
    else isKnown = false;
    at = skip(text, value.end);
  }
  return { value: isKnown ? { kind: 'table', pairs } : { kind: 'unknown' }, end: at + 1 };
}

/** White space, ends of statements, and backticks at the ends of lines. */
function skip(text: string, at: number): number {
  const blank = /(?:[\s;]|`\r?\n|#[^\n]*)*/y;
  blank.lastIndex = at;
  return at + (blank.exec(text)?.[0].length ?? 0);
}
