import type { SessionValue } from '../model/case.js';
import { fail } from '../model/error.js';
import type { Pair, RequestSpec } from '../model/request.js';
import { fillerOf, fillRequest } from '../request/fill-request.js';
import type { Session } from './session.js';

/**
 * The request as it is sent in a session: the tokens of `!session` values replaced, and the session's cookies put before
 * those of the case. A cookie of the case wins over one of the session, and a case that drops or writes the `Cookie`
 * header itself gets none. Fails with SESSION_FAILED if the session has no value of a name.
 */
export function applySession(spec: RequestSpec, sessionValues: readonly SessionValue[], session: Session): RequestSpec {
  const fill = fillerOf(sessionValues.map(({ name, token }) => ({ token, value: sessionValue(name, session) })));
  const filled = fillRequest(spec, fill);
  return { ...filled, cookies: [...sessionCookies(spec, session), ...filled.cookies] };
}

function sessionValue(name: string, session: Session): string {
  const value = session.values.get(name);
  if (value === undefined) throw fail('SESSION_FAILED', { reason: `the target's session has no value "${name}"` });
  return value;
}

function sessionCookies({ headers, cookies, omittedHeaders }: RequestSpec, session: Session): readonly Pair[] {
  const writesItself = headers.some(([name]) => name.toLowerCase() === 'cookie');
  if (writesItself || omittedHeaders.includes('cookie')) return [];
  const own = new Set(cookies.map(([name]) => name));
  return session.cookies.filter(([name]) => !own.has(name));
}
