import { type PageElement, readPage } from '../../html/page.js';
import type { Outcome } from '../../model/exchange.js';
import type { Pair } from '../../model/request.js';
import { isFormToken } from '../../record/secret-values.js';
import { SessionCookies } from '../../replay/session/cookie-jar.js';
import type { FormToken } from '../../triage/probing/probe-material.js';

/** The tokens of the forms on a page, and the cookies that come with them; nothing where it has none. */
export function formTokenIn(outcome: Outcome, url: string): FormToken | undefined {
  if (outcome.kind === 'failed') return undefined;
  const fields = readPage(outcome.bodyExcerpt).elements.flatMap(tokenIn);
  if (fields.length === 0) return undefined;
  const cookies = new SessionCookies();
  cookies.take(url, outcome.headers);
  return { fields, cookies: cookies.of(url) };
}

/** `<input type=hidden name value>`, or `<meta name content>` where a script takes it from. */
function tokenIn({ tag, attribute }: PageElement): readonly Pair[] {
  if (tag !== 'input' && tag !== 'meta') return [];
  const name = attribute('name') ?? '';
  const value = attribute(tag === 'input' ? 'value' : 'content') ?? '';
  return value !== '' && isFormToken(name, value) ? [[name, value]] : [];
}
