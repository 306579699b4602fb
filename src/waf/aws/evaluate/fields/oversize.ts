import type { Pair } from '../../../../model/request.js';

/** How much of headers and of cookies is inspected: the first so many, and so many bytes (AWS WAF, "oversize components"). */
const mostPairs = 200;
const mostBytes = 8192;

/** What of a list of pairs is inspected. */
export interface Window {
  readonly sure: readonly Pair[];
  /** Inspected or not, as AWS counts separators; the last may be cut at any byte. */
  readonly maybe: readonly Pair[];
  /** `maybe`: it depends on how separators are counted. */
  readonly isOversize: 'yes' | 'no' | 'maybe';
}

/** Bytes that may count beside name and value: `": "` and the end of the line. */
const headerSeparators = 4;
const cookieSeparators = 3;

export function headerWindow(headers: readonly Pair[]): Window {
  return windowOf(headers, headerSeparators);
}

export function cookieWindow(cookies: readonly Pair[]): Window {
  return windowOf(cookies, cookieSeparators);
}

function windowOf(pairs: readonly Pair[], separators: number): Window {
  let least = 0;
  for (const [name, value] of pairs) least += name.length + value.length;
  const most = least + separators * pairs.length;
  if (pairs.length <= mostPairs && most <= mostBytes) return { sure: pairs, maybe: [], isOversize: 'no' };
  const isOversize = pairs.length > mostPairs || least > mostBytes ? 'yes' : 'maybe';
  return { ...cut(pairs.slice(0, mostPairs), separators), isOversize };
}

function cut(pairs: readonly Pair[], separators: number): Pick<Window, 'sure' | 'maybe'> {
  const sure: Pair[] = [];
  const maybe: Pair[] = [];
  let least = 0;
  let most = 0;
  for (const pair of pairs) {
    if (least >= mostBytes) break;
    least += pair[0].length + pair[1].length;
    most += pair[0].length + pair[1].length + separators;
    (most <= mostBytes ? sure : maybe).push(pair);
  }
  return { sure, maybe };
}
