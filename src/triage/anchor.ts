import { literalsIn } from './literal-in.js';
import type { LogKind } from './log-line.js';
import type { Sign } from './sign.js';

/** What a refusal cannot do without, by which it is found among the others. */
export type Anchor =
  /** The body holds one of them at least. */
  | { readonly kind: 'literals'; readonly literals: readonly string[] }
  | { readonly kind: 'header'; readonly name: string }
  | { readonly kind: 'log'; readonly log: LogKind }
  | { readonly kind: 'status'; readonly is: readonly number[] }
  | { readonly kind: 'failure' }
  | { readonly kind: 'none' };

/** Headers that many answers have: by them nothing is found faster. */
const common: readonly string[] = [
  'content-type',
  'content-length',
  'location',
  'server',
  'set-cookie',
  'x-powered-by',
];
const shortestLiteral = 4;
/** So much of a text is enough to find it by. */
const longestLiteral = 24;

/** Of all that the signs need, what is rarest in answers. */
export function signsAnchor(signs: readonly Sign[]): Anchor {
  const log = signs.flatMap((sign) => (sign.at === 'log' ? [sign.kind] : []))[0];
  if (log !== undefined) return { kind: 'log', log };
  const name = signs.flatMap((sign) => (sign.at === 'header' && !common.includes(sign.name) ? [sign.name] : []))[0];
  if (name !== undefined) return { kind: 'header', name };
  const [literals] = signs.flatMap(literalsOf).sort((a, b) => shortest(b) - shortest(a));
  if (literals !== undefined) return { kind: 'literals', literals };
  if (signs.some(({ at }) => at === 'failure')) return { kind: 'failure' };
  const is = signs.flatMap((sign) => (sign.at === 'status' ? [sign.is] : []))[0];
  return is === undefined ? { kind: 'none' } : { kind: 'status', is };
}

function shortest(literals: readonly string[]): number {
  return Math.min(...literals.map(({ length }) => length));
}

/** Sets of texts of which one stands in the body as it is: quotes may be escaped there, or be of another shape, and tags in between. */
function literalsOf(sign: Sign): readonly (readonly string[])[] {
  if (sign.at === 'markup' && typeof sign.is === 'string') return [[sign.is]];
  if (sign.at === 'json-keys') return [pieceOf(longestOf(sign.is), sign.at)].filter(isWhole);
  if (sign.at === 'json') return [valueLiterals(sign.is, sign.at), keyLiterals(sign.path)].filter(isWhole);
  if (!('is' in sign) || !inBody.includes(sign.at)) return [];
  return [valueLiterals(sign.is, sign.at)].filter(isWhole);
}

function isWhole(literals: readonly string[]): boolean {
  return literals.length > 0 && shortest(literals) >= shortestLiteral;
}

function valueLiterals(is: unknown, at: Sign['at']): readonly string[] {
  if (typeof is === 'string') return pieceOf(is, at);
  return is instanceof RegExp ? literalsIn(is).flatMap((literal) => pieceOf(literal, at)) : [];
}

/** The last name in a path. */
function keyLiterals(path: string): readonly string[] {
  const name = path.split('.').findLast((part) => !/^(?:\*|\d+)$/.test(part));
  return name === undefined ? [] : pieceOf(name, 'json');
}

/** The longest piece of a text that no quote, tag or line break parts. */
function pieceOf(text: string, at: Sign['at']): readonly [string] {
  const breaks = at === 'heading' ? /["'\\<>/\s]/ : /["'\\<>/\n]/;
  return [
    longestOf(text.split(breaks).map((piece) => piece.trim()))
      .slice(0, longestLiteral)
      .trim(),
  ];
}

function longestOf(texts: readonly string[]): string {
  return texts.reduce((longest, text) => (text.length > longest.length ? text : longest), '');
}

const inBody: readonly Sign['at'][] = ['title', 'heading', 'body', 'markup', 'xml'];
