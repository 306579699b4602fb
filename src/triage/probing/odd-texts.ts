import type { Pair, RequestSpec } from '../../model/request.js';
import { isSecretName } from '../../request/credential-names.js';
import { cookiePairs } from '../../request/read-cookies.js';
import { requestFields } from '../../request/request-fields.js';
import type { SuspectPart } from './probe.js';

/** Words, numbers and tokens: no rule about contents looks for such. */
const plain = /^[\w ,.;:@+=~%/|()*-]*$/;
const climbing = /\.\.[/\\]|[/\\]etc[/\\]/i;

/** Whether a text may be what a rule about contents looks for: it is more than words, numbers and tokens. */
export function isOdd(text: string): boolean {
  const value = decoded(text);
  return !plain.test(value) || climbing.test(value);
}

/** Names by which it is known who is asking, besides those of sessions. */
const identity = /user|login|account|member|customer|remember|^uid$|^id$/i;

/**
 * Whether the value of a cookie may be what a rule looks for: all that neither a session nor a token is, for applications
 * do without.
 */
export function isSuspectCookie([name, value]: Pair): boolean {
  if (isOdd(value)) return true;
  return value !== '' && !isSecretName(name) && !identity.test(name) && !isMade(value);
}

/** Long and without words: a token. */
function isMade(value: string): boolean {
  return value.length >= 16 && /\d/.test(value) && /^[\w.~+/=|-]+$/.test(value);
}

/** Files that are hidden, and those that are left behind. */
const hidden = /(?:^|\/)\.(?!well-known)|\.(?:bak|sql|ini|log|conf|env|old|orig|swp|inc|php\d?~|htaccess)$|~$/i;

/** The texts of a part of a request that may be what a rule looks for. */
export function oddTexts(request: RequestSpec, part: SuspectPart | 'body' | 'path'): readonly string[] {
  const texts = textsOf(request, part);
  return part === 'path' ? texts.filter((path) => isOdd(path) || hidden.test(path)) : texts.filter(isOdd);
}

function textsOf(request: RequestSpec, part: SuspectPart | 'body' | 'path'): readonly string[] {
  switch (part) {
    case 'query':
      return queryOf(request).flat();
    case 'agent':
      return headerValues(request, 'user-agent');
    case 'referer':
      return headerValues(request, 'referer');
    case 'cookies':
      return cookiesIn(request).map(([, value]) => value);
    case 'others':
      return [];
    case 'path':
      return [decoded(request.path.split('?')[0] ?? '')];
    case 'body':
      return requestFields({ ...request, query: [], headers: typeOf(request), cookies: [] })
        .fields.filter(({ isInBody }) => isInBody)
        .map(({ value }) => value);
  }
}

/** The parameters of the query, whether they stand in the path or by themselves. */
export function queryOf({ path, query }: RequestSpec): readonly Pair[] {
  const question = path.indexOf('?');
  return [...(question < 0 ? [] : new URLSearchParams(path.slice(question + 1))), ...query];
}

/** The cookies of a request, whether they stand in a header field or by themselves. */
export function cookiesIn(request: RequestSpec): readonly Pair[] {
  return [...headerValues(request, 'cookie').flatMap(cookiePairs), ...request.cookies];
}

export function headerValues({ headers }: RequestSpec, name: string): readonly string[] {
  return headers.filter(([given]) => given.toLowerCase() === name).map(([, value]) => value);
}

function typeOf({ headers }: RequestSpec): readonly Pair[] {
  return headers.filter(([name]) => name.toLowerCase() === 'content-type');
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
