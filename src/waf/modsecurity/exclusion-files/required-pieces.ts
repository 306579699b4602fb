/**
 * Texts that are in all that a regular expression matches, in this order; none where that cannot be told. A pattern of the
 * user's is never run: what is in groups and classes counts as anything.
 */
export function requiredPieces(pattern: string): readonly string[] {
  if (strange.test(pattern)) return [];
  const pieces = [''];
  for (let at = 0; at < pattern.length; ) {
    const { text, length } = tokenAt(pattern, at);
    if (text === '|') return [];
    at += length;
    const quantifier = /^(?:[*?]|\{)/.test(pattern.slice(at, at + 1));
    if (text === undefined || quantifier) pieces.push('');
    else pieces.push(`${pieces.pop() ?? ''}${text === '\\|' ? '|' : text}`);
    const end = quantifierEnd(pattern, at);
    if (end > at) pieces.push('');
    at = end;
  }
  return pieces.filter((piece) => piece !== '');
}

/** Modes, comments, verbs, and escapes that are neither of a single character nor of a kind of them. */
const strange = /\(\?[a-z^-]*\)|\(\?#|\(\*|\\(?![dwsDWSbBAzZhHvVnrtfa]|x[0-9a-fA-F]{2}|\W)/;

interface Token {
  /** What it stands for, where that is one text. An alternative is a bar, and a bar that is meant has a backslash. */
  readonly text?: string;
  readonly length: number;
}

function tokenAt(pattern: string, at: number): Token {
  const char = pattern.charAt(at);
  if (char === '\\') return escapeAt(pattern, at);
  if (char === '[') return { length: classEnd(pattern, at) - at };
  if (char === '(') return { length: groupEnd(pattern, at) - at };
  if ('.^$)*+?{}'.includes(char)) return { length: 1 };
  return { text: char, length: 1 };
}

function escapeAt(pattern: string, at: number): Token {
  const [, hex] = /^\\x([0-9a-f]{2})/i.exec(pattern.slice(at, at + 4)) ?? [];
  if (hex !== undefined) {
    const char = String.fromCharCode(Number.parseInt(hex, 16));
    return { text: char === '|' ? '\\|' : char, length: 4 };
  }
  const next = pattern.charAt(at + 1);
  if (/^\w$/.test(next)) return { length: 2 };
  return { text: next === '|' ? '\\|' : next, length: 2 };
}

/** Where a class ends; a bracket right at its begin is one of its characters. */
function classEnd(pattern: string, at: number): number {
  const start = pattern.charAt(at + 1) === '^' ? at + 2 : at + 1;
  for (let i = start + 1; i < pattern.length; i++) {
    if (pattern.charAt(i) === '\\') i += 1;
    else if (pattern.startsWith('[:', i)) i = Math.max(i, pattern.indexOf(':]', i) + 1);
    else if (pattern.charAt(i) === ']') return i + 1;
  }
  return pattern.length;
}

function groupEnd(pattern: string, at: number): number {
  let depth = 0;
  for (let i = at; i < pattern.length; i++) {
    const char = pattern.charAt(i);
    if (char === '\\') i += 1;
    else if (char === '[') i = classEnd(pattern, i) - 1;
    else if (char === '(') depth += 1;
    else if (char === ')' && --depth === 0) return i + 1;
  }
  return pattern.length;
}

function quantifierEnd(pattern: string, at: number): number {
  const [whole = ''] = /^(?:[*+?]|\{[\d,]*\})*/.exec(pattern.slice(at, at + 40)) ?? [];
  return at + whole.length;
}
