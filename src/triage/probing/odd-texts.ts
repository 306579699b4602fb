import type { Pair, RequestSpec } from '../../model/request.js';
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

/** The texts of a part of a request that may be what a rule looks for. */
export function oddTexts(request: RequestSpec, part: SuspectPart | 'body'): readonly string[] {
  return textsOf(request, part).filter(isOdd);
}

function textsOf(request: RequestSpec, part: SuspectPart | 'body'): readonly string[] {
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
