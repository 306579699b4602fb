import { isIPv6 } from 'node:net';

/** The texts that one with globs stands for, or why curl does not take it. */
export type Globbed = { readonly texts: readonly string[] } | { readonly reason: string };

const mostTexts = 500;

/** What a glob stands for, and where the text goes on. */
type Piece = { readonly texts: readonly string[]; readonly end: number } | undefined;

/** `{a,b}`, `[1-3]`, `[01-10:3]`, `[a-z]` of a URL or a name of `-T` (curl, tool_urlglob.c). */
export function unglob(given: string): Globbed {
  let texts: readonly string[] = [''];
  for (let at = 0; at < given.length; ) {
    const piece = pieceAt(given, at);
    if (piece === undefined) return { reason: `curl does not take the globs of ${given.slice(0, 60)}` };
    if (texts.length * piece.texts.length > mostTexts)
      return { reason: `its URL stands for too many (more than ${mostTexts})` };
    texts = texts.flatMap((begun) => piece.texts.map((text) => begun + text));
    at = piece.end;
  }
  return { texts };
}

function pieceAt(text: string, at: number): Piece {
  const literal = literalAt(text, at);
  if (literal !== undefined) return { texts: [literal.text], end: literal.end };
  if (text[at] === '{') return set(text, at + 1);
  return text[at] === '[' ? range(text, at + 1) : undefined;
}

/** Text up to the next glob. Brackets with nothing or an IPv6 address in them are none. */
function literalAt(text: string, from: number): { readonly text: string; readonly end: number } | undefined {
  let found = '';
  let at = from;
  while (at < text.length) {
    const char = text[at] ?? '';
    const plain = char === '[' ? plainBrackets(text, at) : /^\\[{}[\]]/.test(text.slice(at, at + 2)) ? 2 : 1;
    if (plain === 0 || /[{}\]]/.test(char)) break;
    found += char === '\\' && plain === 2 ? text[at + 1] : text.slice(at, at + plain);
    at += plain;
  }
  return at === from ? undefined : { text: found, end: at };
}

function plainBrackets(text: string, at: number): number {
  const [all = '', inner = ''] = /^\[([^\]]{0,60})\]/.exec(text.slice(at, at + 62)) ?? [];
  return inner === '' || isIPv6(inner) ? all.length : 0;
}

function set(text: string, from: number): Piece {
  const inner = /(?:[^{}[\]\\]|\\.)+/sy;
  inner.lastIndex = from;
  const [all = ''] = inner.exec(text) ?? [];
  const end = from + all.length;
  if (all === '' || text[end] !== '}') return undefined;
  const texts = all.split(/(?<!\\(?:\\\\)*),/).map((one) => one.replace(/\\(.)/gs, '$1'));
  return { texts, end: end + 1 };
}

function range(text: string, from: number): Piece {
  const rest = text.slice(from, from + 80);
  const [all, a = '', z = '', by] = /^([A-Za-z])-(.)(?::(\d+))?\]/s.exec(rest) ?? numbers.exec(rest) ?? [];
  if (all === undefined) return undefined;
  const isNumber = /\d/.test(a);
  const [first, last] = isNumber ? [Number(a), Number(z)] : [a.charCodeAt(0), z.charCodeAt(0)];
  const step = by === undefined ? 1 : Number(by);
  if (!isRange(first, last, step, isNumber ? Number.MAX_SAFE_INTEGER : 25)) return undefined;
  const width = a.startsWith('0') ? a.length : 0;
  const texts = steps(first, last, step).map((n) => (isNumber ? `${n}`.padStart(width, '0') : String.fromCharCode(n)));
  return { texts, end: from + all.length };
}

const numbers = /^(\d+)-[ \t]*(\d+)(?::(\d+))?\]/;

function isRange(first: number, last: number, step: number, widest: number): boolean {
  if (first === last) return step === 1;
  return first < last && step > 0 && step <= last - first && last - first <= widest;
}

function steps(first: number, last: number, step: number): readonly number[] {
  return Array.from(
    { length: Math.min(Math.floor((last - first) / step) + 1, mostTexts + 1) },
    (_, i) => first + i * step,
  );
}
