import type { Secret } from '../../model/case.js';
import type { Visitor } from './visitor.js';

/** A session that is open. */
export interface OpenedSession {
  readonly visitor: Visitor;
  readonly values: ReadonlyMap<string, string>;
  /** What it was opened with beside what the options name. */
  readonly secrets?: readonly Secret[];
  /** When it is renewed, in milliseconds of the monotonic clock; absent where it does not run out. */
  readonly renewAt?: number;
  /** The page of the first form that was submitted. */
  readonly loginPage?: string;
  /** Cookies that a step waited for. Where one is gone, so is the session. */
  readonly loginCookies: readonly string[];
}

/**
 * A cookie of the login that is gone, where one is: sites take it away where they do not know it any more, and show the page
 * that guests get.
 */
export function goneCookie({ visitor, loginCookies }: OpenedSession): { readonly lostCookie?: string } {
  const gone = loginCookies.find((name) => !visitor.cookies.has(name));
  return gone === undefined ? {} : { lostCookie: gone };
}
