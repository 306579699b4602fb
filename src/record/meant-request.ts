import type { Pair, RequestBody, RequestSpec } from '../model/request.js';
import { bodyKind, queryPairs } from './body-kind.js';
import type { CapturedRequest } from './captured-request.js';
import { splitUrl } from './split-url.js';

/** A clean request as a suite means it, its bytes unchanged. */
export function meantRequest({ method, url, headers, body }: CapturedRequest): RequestSpec {
  const bytes = body.kind === 'bytes' ? body.bytes : new Uint8Array();
  const type = headerOf(headers, 'content-type');
  const meant = bodyKind(bytes, type ?? '');
  return {
    method,
    ...target(splitUrl(url).target),
    headers: headers.filter(([name, value]) => !isImplied(name, value, meant)),
    cookies: [],
    body: meant,
    omittedHeaders: meant.kind !== 'none' && type === undefined ? ['content-type'] : [],
  };
}

/** A query in pairs where they come to the same text, else in the path as it is. */
function target(text: string): Pick<RequestSpec, 'path' | 'query'> {
  const question = text.indexOf('?');
  const query = question < 0 ? undefined : queryPairs(text.slice(question + 1));
  if (query === undefined || query.length === 0) return { path: text, query: [] };
  return { path: text.slice(0, question), query };
}

/** The Content-Type that follows from the body's kind is not said. */
function isImplied(name: string, value: string, { kind }: RequestBody): boolean {
  if (name.toLowerCase() !== 'content-type') return false;
  return (
    (kind === 'form' && value === 'application/x-www-form-urlencoded') ||
    (kind === 'json' && value === 'application/json')
  );
}

export function headerOf(headers: readonly Pair[], name: string): string | undefined {
  return headers.find(([given]) => given.toLowerCase() === name)?.[1];
}
