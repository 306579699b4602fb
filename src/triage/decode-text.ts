import type { Unescaped } from '../util/literal-finder.js';

const encoded = /&(?:#x[0-9a-f]{1,6}|#[0-9]{1,7}|[a-z]{2,8});|%[0-7][0-9a-f]|\\u00[0-7][0-9a-f]|\\u[0-9a-f]{4}/gi;

const named: Readonly<Record<string, string>> = {
  amp: '&',
  apos: "'",
  copy: '©',
  gt: '>',
  ldquo: '"',
  lsquo: "'",
  lt: '<',
  mdash: '—',
  nbsp: ' ',
  ndash: '–',
  quot: '"',
  rdquo: '"',
  rsquo: "'",
};

/** A text with its entities, percent escapes and `\u` escapes decoded, once: what was encoded twice stays encoded. */
export function decodeText(text: string): string {
  return text.replace(encoded, decode);
}

const here = new RegExp(encoded.source, 'iy');

/** The one escape that begins at a place of a text, decoded; nothing where none does. */
export function unescapeAt(text: string, at: number): Unescaped | undefined {
  here.lastIndex = at;
  const token = here.exec(text)?.[0];
  return token === undefined ? undefined : { text: decode(token), length: token.length };
}

function decode(token: string): string {
  if (token.startsWith('%')) return String.fromCharCode(Number.parseInt(token.slice(1), 16));
  if (token.startsWith('\\')) return String.fromCharCode(Number.parseInt(token.slice(2), 16));
  const name = token.slice(1, -1).toLowerCase();
  if (!name.startsWith('#')) return Object.hasOwn(named, name) ? (named[name] ?? token) : token;
  const code = name.startsWith('#x') ? Number.parseInt(name.slice(2), 16) : Number(name.slice(1));
  return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : token;
}

/** A text in which case, runs of white space, and the shape of quotes and dashes do not count. */
export function foldText(text: string): string {
  return collapse(text).toLowerCase();
}

/** On one line, with one space for each run of white space, and straight quotes. */
export function collapse(text: string): string {
  return text
    .replace(/[\s\u00a0]+/g, ' ')
    .replace(/[\u2018\u2019\u02bc]/g, "'")
    .replace(/[\u201c\u201d]/g, '"')
    .trim();
}
