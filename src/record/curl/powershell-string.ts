import { type Variables, valueText, variableValue } from './powershell-value.js';

/** A text of a script; without one where a program would have to run to tell it. */
export interface ReadString {
  readonly text?: string;
  readonly end: number;
}

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

/** The string that begins at the place, if one does: `"…"`, `'…'`, `@"…"@` and `@'…'@`. */
export function readString(text: string, at: number, variables: Variables): ReadString | undefined {
  const here = /^@(["'])[ \t]*\r?\n/.exec(text.slice(at, at + 200));
  if (here !== null) return hereString(text, at + here[0].length, here[1] ?? '"', variables);
  if (text[at] === '"') return doubleQuoted(text, at + 1, variables);
  return text[at] === "'" ? singleQuoted(text, at + 1) : undefined;
}

function doubleQuoted(text: string, from: number, variables: Variables): ReadString {
  let value: string | undefined = '';
  let at = from;
  while (at < text.length) {
    const piece = quotedPiece(text, at, variables);
    if (piece === 'end') break;
    value = value === undefined || piece.text === undefined ? undefined : value + piece.text;
    at = piece.end;
  }
  return { ...(value !== undefined && { text: value }), end: at + 1 };
}

/** A character of a string in double quotes, or what an escape or a variable stands for. */
function quotedPiece(text: string, at: number, variables: Variables): ReadString | 'end' {
  const char = text[at] ?? '';
  if (char === '`') return escaped(text, at);
  if (char === '"') return text[at + 1] === '"' ? { text: '"', end: at + 2 } : 'end';
  return char === '$' ? expanded(text, at, variables) : { text: char, end: at + 1 };
}

/** What a backtick and what follows it stand for. */
export function escaped(text: string, at: number): ReadString {
  const point = /^`u\{([\da-f]{1,6})\}/i.exec(text.slice(at, at + 12));
  if (point !== null) {
    const code = Number.parseInt(point[1] ?? '', 16);
    return { text: code > 0x10ffff ? '' : String.fromCodePoint(code), end: at + point[0].length };
  }
  const next = text[at + 1] ?? '';
  return { text: escapes[next] ?? next, end: at + 2 };
}

/** `$([char]233)`, as Chrome writes what is not ASCII, and variables. */
export function expanded(text: string, at: number, variables: Variables): ReadString {
  const rest = text.slice(at, at + 200);
  const char = /^\$\(\[char\](?:0x([\da-f]+)|(\d+))\)/i.exec(rest);
  if (char !== null) {
    const code = char[1] === undefined ? Number(char[2]) : Number.parseInt(char[1], 16);
    return { text: String.fromCharCode(code), end: at + char[0].length };
  }
  const name = /^\$(?:\{([\w:]+)\}|([A-Za-z_]\w*(?::\w+)?))/.exec(rest);
  if (name === null) return rest.startsWith('$(') ? { end: at + 1 } : { text: '$', end: at + 1 };
  const value = valueText(variableValue(name[1] ?? name[2] ?? '', variables));
  return { ...(value !== undefined && { text: value }), end: at + name[0].length };
}

function singleQuoted(text: string, from: number): ReadString {
  let value = '';
  let at = from;
  for (; at < text.length; at++) {
    if (text[at] !== "'") value += text[at];
    else if (text[at + 1] === "'") value += text[at++];
    else break;
  }
  return { text: value, end: at + 1 };
}

function hereString(text: string, from: number, quote: string, variables: Variables): ReadString {
  const close = text.indexOf(`\n${quote}@`, from - 1);
  const stop = close < 0 ? text.length : close;
  const inner = text.slice(from, Math.max(stop, from)).replace(/\r$/, '');
  const end = stop + 3;
  if (quote === "'") return { text: inner, end };
  return { ...doubleQuoted(`${inner.replace(/`?"/g, (all) => (all === '"' ? '`"' : all))}"`, 0, variables), end };
}
