import type { Expectation } from '../../model/case.js';
import type { Outcome } from '../../model/exchange.js';
import type { LostSign } from '../../model/session-options.js';

/**
 * What of an answer shows that the session is lost; `undefined` where nothing does. A status that the case expects does not.
 * @param base the URL below which the target's paths are
 */
export function lostIn(outcome: Outcome, sign: LostSign, base: string, expect: Expectation = {}): string | undefined {
  if (outcome.kind !== 'answered') return undefined;
  const { status, bodyExcerpt } = outcome;
  if (sign.status?.includes(status) === true && expect.status !== status) return `answered with status ${status}`;
  const location = outcome.headers.find(([name]) => name.toLowerCase() === 'location')?.[1];
  if (sign.redirect !== undefined && location !== undefined && status >= 300 && status < 400)
    return leadsTo(location, sign.redirect, base) ? `redirected to ${sign.redirect}` : undefined;
  if (sign.text !== undefined && bodyExcerpt.includes(sign.text)) return `answered with "${sign.text}"`;
  return undefined;
}

/** The same path, below the target's URL or at its root, and all of the query that is named. */
function leadsTo(location: string, wanted: string, base: string): boolean {
  if (!URL.canParse(location, `${base}/`)) return false;
  const to = new URL(location, `${base}/`);
  const named = new URL(wanted, 'http://target');
  const { pathname } = new URL(`${base}/`);
  const paths = [named.pathname, `${pathname}${named.pathname.slice(1)}`].map(plain);
  return (
    paths.includes(plain(to.pathname)) &&
    [...named.searchParams].every(([key, value]) => to.searchParams.getAll(key).includes(value))
  );
}

function plain(path: string): string {
  return path.length > 1 ? path.replace(/\/+$/, '') : path;
}
