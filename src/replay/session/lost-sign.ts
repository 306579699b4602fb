import type { Case } from '../../model/case.js';
import type { Outcome } from '../../model/exchange.js';
import type { LostSign } from '../../model/session-options.js';

/** A sign of the config, or the usual one: a redirect to a page that is a login by its name. */
export interface KnownSign extends LostSign {
  readonly anyLogin?: true;
}

type Sent = Pick<Case, 'expect' | 'request'>;

/**
 * What of an answer shows that the session is lost; `undefined` where nothing does. A status that the case expects does not,
 * nor does the login where a case logs out, nor a login by its name where a case that expects a status, or logs in or out itself, is sent there.
 * @param base the URL below which the target's paths are
 */
export function lostIn(outcome: Outcome, sign: KnownSign, base: string, sent: Sent): string | undefined {
  if (outcome.kind !== 'answered') return undefined;
  const { status, bodyExcerpt } = outcome;
  const { expect } = sent;
  if (sign.status?.includes(status) === true && expect.status !== status) return `answered with status ${status}`;
  const location = outcome.headers.find(([name]) => name.toLowerCase() === 'location')?.[1];
  if (location !== undefined && status >= 300 && status < 400) return lostBy(location, sign, base, sent);
  const said = sign.text?.find((text) => bodyExcerpt.includes(text));
  return said === undefined ? undefined : `answered with "${said}"`;
}

const loginName = /(?:^|[^a-z])(?:log-?in|sign-?in|user-?login)(?:$|[^a-z])/i;
/** Where it leads to the login, as it is to. */
const logOut = /(?:^|[^a-z])(?:log|sign)-?(?:out|off)(?:$|[^a-z])/i;
const loginOrOut = /(?:^|[^a-z])(?:user-?)?(?:log-?(?:in|out|off)|sign-?(?:in|out|up))(?:$|[^a-z])/i;

function lostBy(location: string, sign: KnownSign, base: string, { expect, request }: Sent): string | undefined {
  if (!URL.canParse(location, `${base}/`)) return undefined;
  const to = new URL(location, `${base}/`);
  const leaves = sign.redirect !== undefined && leadsTo(to, sign.redirect, base);
  if (leaves && !logOut.test(request.path)) return `redirected to ${sign.redirect}`;
  const isOwn = expect.status !== undefined || loginOrOut.test(request.path);
  const isLogin = loginName.test(to.pathname) || loginName.test(to.searchParams.get('title') ?? '');
  return sign.anyLogin === true && isLogin && !isOwn ? `redirected to ${to.pathname}` : undefined;
}

/** The same path, below the target's URL or at its root, and all of the query that is named. */
function leadsTo(to: URL, wanted: string, base: string): boolean {
  const named = new URL(wanted, 'http://target');
  const { pathname } = new URL(`${base}/`);
  const paths = [named.pathname, `${pathname}${named.pathname.slice(1)}`].map(plain);
  const query = [...named.searchParams];
  return (
    paths.includes(plain(to.pathname)) && query.every(([key, value]) => to.searchParams.getAll(key).includes(value))
  );
}

function plain(path: string): string {
  return path.length > 1 ? path.replace(/\/+$/, '') : path;
}
