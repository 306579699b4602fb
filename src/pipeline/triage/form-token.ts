import { type PageElement, readPage } from '../../html/page.js';
import type { Outcome } from '../../model/exchange.js';
import type { Pair } from '../../model/request.js';
import { isFormToken } from '../../record/secret-values.js';
import { SessionCookies } from '../../replay/session/cookie-jar.js';
import { decodedText } from '../../request/credential-names.js';
import type { FormToken } from '../../triage/probing/probe-material.js';

/** The tokens of the forms on a page and of its cookies, and the cookies that come with them; nothing where it has none. */
export function formTokenIn(outcome: Outcome, url: string): FormToken | undefined {
  if (outcome.kind === 'failed') return undefined;
  const jar = new SessionCookies();
  jar.take(url, outcome.headers);
  const cookies = jar.of(url);
  const fields = readPage(outcome.bodyExcerpt).elements.flatMap(tokenIn);
  const ofCookie = cookies.find(([name, value]) => isFormToken(name, value))?.[1];
  const ofPage = fields[0]?.[1];
  const [page, cookie] = [ofPage ?? ofCookie, ofCookie ?? ofPage];
  return page === undefined || cookie === undefined
    ? undefined
    : { fields, headers: tokenHeaders(page, decodedText(cookie)), cookies };
}

/** As Rails and Laravel, Angular and Axios, and Django name them: the last two send what the cookie holds. */
function tokenHeaders(page: string, cookie: string): readonly Pair[] {
  return [
    ['X-CSRF-Token', page],
    ['X-XSRF-TOKEN', cookie],
    ['X-CSRFToken', cookie],
  ];
}

/** `<input type=hidden name value>`, or `<meta name content>` where a script takes it from. */
function tokenIn({ tag, attribute }: PageElement): readonly Pair[] {
  if (tag !== 'input' && tag !== 'meta') return [];
  const name = attribute('name') ?? '';
  const value = attribute(tag === 'input' ? 'value' : 'content') ?? '';
  return value !== '' && isFormToken(name, value) ? [[name, value]] : [];
}
