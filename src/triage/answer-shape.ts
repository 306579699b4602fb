import type { Outcome } from '../model/exchange.js';
import { attackCanary, probeParameter } from '../request/probe-request.js';

type Answer = Extract<Outcome, { kind: 'answered' }>;

/** What an answer says, without what is another each time: ids, times, and the request itself. */
export interface AnswerShape {
  /** Where a redirect leads, without the values in its query. */
  readonly location: string | undefined;
  /** How often each word of the body occurs. */
  readonly words: ReadonlyMap<string, number>;
}

/** The share of the words that two answers of one page have in common at least. */
const alike = 0.9;

export function shapeOf({ status, headers, bodyExcerpt }: Answer): AnswerShape {
  const location = headers.find(([name]) => name.toLowerCase() === 'location')?.[1];
  const leads = status >= 300 && status < 400 && location !== undefined;
  return { location: leads ? placeOf(location) : undefined, words: wordsOf(bodyExcerpt) };
}

/** Whether two answers with one status are the same page, or lead to the same place. */
export function isAlike(a: AnswerShape, b: AnswerShape): boolean {
  if (a.location !== undefined || b.location !== undefined) return a.location === b.location;
  const names = new Set([...a.words.keys(), ...b.words.keys()]);
  let common = 0;
  let all = 0;
  for (const name of names) {
    const [one, other] = [a.words.get(name) ?? 0, b.words.get(name) ?? 0];
    common += Math.min(one, other);
    all += Math.max(one, other);
  }
  return common >= alike * all;
}

/** An origin need not be named, and is another one where a server has several names: it is left out. */
function placeOf(location: string): string {
  const url = URL.canParse(location, anyOrigin) ? new URL(location, anyOrigin) : undefined;
  if (url === undefined) return location;
  const path = url.pathname.split('/').map((part) => (/\d/.test(part) ? '*' : part));
  return `${path.join('/')}?${[...url.searchParams.keys()].join('&')}`;
}

const anyOrigin = 'http://any.invalid';

const ownWords = new Set(`${probeParameter} ${attackCanary} uri url get`.toLowerCase().match(/[a-z]+/g));

/** Longer ones are tokens rather than words. */
const longestWord = 24;

/** Correlation ids, in a page that shows the request. */
const ownIds = /\bw7-[a-z0-9-]+/g;

/** Words of letters alone: what has digits in it, or about it, may be an id or a time. */
function wordsOf(text: string): ReadonlyMap<string, number> {
  const words = new Map<string, number>();
  for (const [word] of text
    .toLowerCase()
    .replace(ownIds, '')
    .matchAll(/[\p{L}\p{N}_]+/gu)) {
    if (word.length > longestWord || /[\p{N}_]/u.test(word) || ownWords.has(word)) continue;
    words.set(word, (words.get(word) ?? 0) + 1);
  }
  return words;
}
