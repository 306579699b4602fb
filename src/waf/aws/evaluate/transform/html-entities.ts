import { isHex, readings, replaceAt } from './transformation.js';

/** Names that AWS lists, in lower case, and their bytes. */
const named: Readonly<Record<string, string>> = {
  quot: '"',
  amp: '&',
  lt: '<',
  gt: '>',
  nbsp: '\xa0',
  nonbreakingspace: '\xa0',
  newline: '\n',
  tab: '\t',
  lcub: '{',
  lbrace: '{',
  verbar: '|',
  vert: '|',
  verticalline: '|',
  rcub: '}',
  rbrace: '}',
  excl: '!',
  num: '#',
  dollar: '$',
  percent: '%',
  percnt: '%',
  apos: "'",
  lpar: '(',
  rpar: ')',
  ast: '*',
  midast: '*',
  plus: '+',
  comma: ',',
  period: '.',
  sol: '/',
  colon: ':',
  semi: ';',
  equals: '=',
  quest: '?',
  tilde: '~',
  minus: '-',
  lsqb: '[',
  lbrack: '[',
  bsol: '\\',
  rsqb: ']',
  rbrack: ']',
  hat: '^',
  lowbar: '_',
  underbar: '_',
  grave: '`',
};

/** The first names that were documented: `&lt` without its semicolon is read by ModSecurity for these alone. */
const old = ['quot', 'amp', 'lt', 'gt', 'nbsp'];

interface Reading {
  /** An entity may lack its semicolon. */
  readonly isLax: boolean;
  /** Characters beyond a byte become UTF-8 and not their lower byte. */
  readonly isWide: boolean;
  readonly isOld: boolean;
}

/** Entities become bytes. Whether the semicolon may be missing, and what becomes of characters beyond a byte, AWS does not say. */
export function htmlEntityDecode(text: string): string | readonly string[] {
  if (!text.includes('&')) return text;
  return readings(
    decode(text, { isLax: false, isWide: false, isOld: false }),
    decode(text, { isLax: true, isWide: false, isOld: false }),
    decode(text, { isLax: true, isWide: true, isOld: false }),
    decode(text, { isLax: true, isWide: false, isOld: true }),
  );
}

function decode(text: string, reading: Reading): string {
  return replaceAt(text, '&', (at) => entityAt(text, at, reading) ?? { text: '&', end: at + 1 });
}

function entityAt(text: string, at: number, reading: Reading) {
  const entity = text.charAt(at + 1) === '#' ? numberAt(text, at + 2, reading) : nameAt(text, at + 1, reading);
  if (entity === undefined) return undefined;
  const isClosed = text.charAt(entity.end) === ';';
  return isClosed || reading.isLax ? { text: entity.text, end: entity.end + (isClosed ? 1 : 0) } : undefined;
}

function nameAt(text: string, from: number, { isOld }: Reading) {
  let end = from;
  while (end < text.length && end - from < 16 && isLetter(text.charCodeAt(end))) end++;
  const name = text.slice(from, end).toLowerCase();
  const byte = isOld && !old.includes(name) && text.charAt(end) !== ';' ? undefined : named[name];
  return byte === undefined ? undefined : { text: byte, end };
}

function numberAt(text: string, from: number, { isWide }: Reading) {
  const isHexadecimal = text.charAt(from) === 'x' || text.charAt(from) === 'X';
  const first = isHexadecimal ? from + 1 : from;
  let end = first;
  while (end < text.length && (isHexadecimal ? isHex : isDigit)(text.charCodeAt(end))) end++;
  if (end === first) return undefined;
  const code = Number.parseInt(text.slice(first, end), isHexadecimal ? 16 : 10);
  return { text: character(code, isWide), end };
}

function character(code: number, isWide: boolean): string {
  const isCharacter = code <= 0x10ffff;
  if (isWide && code > 0xff && isCharacter) return Buffer.from(String.fromCodePoint(code)).toString('latin1');
  return String.fromCharCode(isCharacter ? code & 0xff : 0xff);
}

function isDigit(code: number): boolean {
  return code >= 48 && code <= 57;
}

function isLetter(code: number): boolean {
  return (code >= 65 && code <= 90) || (code >= 97 && code <= 122);
}
