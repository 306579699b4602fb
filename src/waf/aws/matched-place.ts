import type { Variable } from '../../model/evidence.js';
import type { Pair, WireRequest } from '../../model/request.js';
import { cookiePairs } from '../../request/read-cookies.js';

/** More values than rules look at. */
const mostValues = 500;

/** The places of a request, among those that a variable without a name stands for, in which all pieces of a match are. */
export function findMatched({ collection, key }: Variable, matched: string, request: WireRequest): readonly Variable[] {
  if (key !== undefined || !Object.hasOwn(lists, collection)) return [];
  const pieces = matched.toLowerCase().split(' ');
  const [single, pairs] = lists[collection]?.(request) ?? ['', []];
  const names = pairs.slice(0, mostValues).flatMap(([name, value]) => (holds(value, pieces) ? [name] : []));
  return [...new Set(names)].map((name) => ({ collection: single, key: name }));
}

type List = (request: WireRequest) => readonly [single: string, pairs: readonly Pair[]];

const lists: Readonly<Record<string, List>> = {
  AllQueryArguments: ({ target }) => ['SingleQueryArgument', queryPairs(target)],
  Headers: ({ headers }) => ['SingleHeader', headers],
  Cookies: ({ headers }) => ['Cookies', headers.filter(isCookie).flatMap(([, value]) => cookiePairs(value))],
};

function isCookie([name]: Pair): boolean {
  return name.toLowerCase() === 'cookie';
}

function queryPairs(target: string): readonly Pair[] {
  const query = /\?([^#]*)/.exec(target)?.[1] ?? '';
  return query.split('&').map((piece): Pair => {
    const [name = '', ...rest] = piece.split('=');
    return [decoded(name), rest.join('=')];
  });
}

/** Whether the pieces stand in a value in their order, as it is or decoded. */
function holds(value: string, pieces: readonly string[]): boolean {
  return [value, decoded(value)].some((text) => inOrder(text.toLowerCase(), pieces));
}

function inOrder(text: string, pieces: readonly string[]): boolean {
  let from = 0;
  for (const piece of pieces) {
    const at = text.indexOf(piece, from);
    if (at < 0) return false;
    from = at + piece.length;
  }
  return true;
}

function decoded(text: string): string {
  const spaced = text.replaceAll('+', ' ');
  return spaced.replace(/%[\da-f]{2}/gi, (code) => String.fromCharCode(Number.parseInt(code.slice(1), 16)));
}
