import type { Pair, RequestSpec } from '../../model/request.js';
import { fillerOf, fillRequest } from '../../request/fill-request.js';

/** The token of a value, and what it stands for in the session. */
export interface FilledValue {
  readonly token: string;
  readonly value: string;
}

/** What a session adds to each request. */
export interface SessionFields {
  readonly cookies: readonly Pair[];
  readonly headers: readonly Pair[];
}

/**
 * The request as it is sent in a session: the tokens of `!session` values replaced, and the session's cookies put before
 * those of the case. A cookie of the case wins over one of the session, and a case that drops or writes the `Cookie`
 * header itself gets none.
 */
export function applySession(
  spec: RequestSpec,
  sessionValues: readonly FilledValue[],
  { cookies, headers }: SessionFields,
): RequestSpec {
  const filled = fillRequest(spec, fillerOf(sessionValues));
  return {
    ...filled,
    headers: [...filled.headers, ...headers],
    cookies: [...ownCookies(spec, cookies), ...filled.cookies],
  };
}

/** Whether it is sent with all cookies of the session: only then its answer speaks to whoever has them. */
export function bearsSession(spec: RequestSpec, cookies: readonly Pair[]): boolean {
  return cookies.length === ownCookies(spec, cookies).length;
}

function ownCookies({ headers, cookies, omittedHeaders }: RequestSpec, ofSession: readonly Pair[]): readonly Pair[] {
  const writesItself = headers.some(([name]) => name.toLowerCase() === 'cookie');
  if (writesItself || omittedHeaders.includes('cookie')) return [];
  const own = new Set(cookies.map(([name]) => name));
  return ofSession.filter(([name]) => !own.has(name));
}
