import type { Pair, RequestSpec } from '../../model/request.js';
import { isCredential } from '../../request/credential-names.js';
import { letters } from '../../request/harmless-body.js';
import { cookiesIn, isSuspectCookie } from './odd-texts.js';
import type { HeaderChange } from './probe.js';
import type { ProbeMaterial } from './probe-material.js';

/** What a current browser sends (Firefox on Linux). */
const browserFields: readonly Pair[] = [
  ['User-Agent', 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0'],
  ['Accept', 'text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8'],
  ['Accept-Language', 'en-US,en;q=0.5'],
];

/** Fields that say who is asking, and what comes with the request; all others a client can do without. */
const needed =
  /^(?:host|user-agent|accept(?:-.+)?|cookie|content-.+|transfer-encoding|origin|referer|x-requested-with|connection)$/i;

/** The request with other header fields. */
export function changeHeaders(request: RequestSpec, change: HeaderChange, means: ProbeMaterial): RequestSpec {
  switch (change) {
    case 'browser-agent':
      return browserFields.reduce((changed, [name, value]) => withHeader(changed, name, value), request);
    case 'own-referer':
      return withHeader(request, 'Referer', `${means.origin}${pathOnly(request.path)}`);
    case 'own-origin':
      return withHeader(request, 'Origin', means.origin);
    case 'no-origin':
      return withoutHeaders(request, (name) => name === 'origin');
    case 'no-referer':
      return withoutHeaders(request, (name) => name === 'referer');
    case 'own-host':
      return withoutHeaders(request, (name) => name === 'host');
    case 'no-others':
      return withoutHeaders(request, (name, value) => !needed.test(name) && !isCredential(name, value));
    case 'no-credentials':
      return withCookies(
        withoutHeaders(request, (name, value) => isCredential(name, value)),
        [],
      );
    case 'other-credentials':
      return means.credentials.reduce((changed, [name, value]) => withHeader(changed, name, value), request);
    case 'harmless-cookies':
      return harmlessCookies(request);
    case 'fresh-cookies':
      return withCookies(request, merged(cookiesIn(request), means.form?.cookies ?? []));
  }
}

function harmlessCookies(request: RequestSpec): RequestSpec {
  const cookies = cookiesIn(request);
  if (!cookies.some(isSuspectCookie)) return request;
  return withCookies(
    request,
    cookies.map((cookie): Pair => (isSuspectCookie(cookie) ? [cookie[0], letters(cookie[1].length)] : cookie)),
  );
}

export function withHeader(request: RequestSpec, name: string, value: string): RequestSpec {
  const isNamed = ([given]: Pair) => given.toLowerCase() === name.toLowerCase();
  const field: Pair = [name, value];
  const at = request.headers.findIndex(isNamed);
  const others = request.headers.filter((header) => !isNamed(header));
  const headers = at < 0 ? [...others, field] : others.toSpliced(at, 0, field);
  const omittedHeaders = request.omittedHeaders.filter((omitted) => omitted !== name.toLowerCase());
  return { ...request, headers, omittedHeaders };
}

export function withoutHeaders(
  request: RequestSpec,
  drops: (lowerCase: string, value: string) => boolean,
): RequestSpec {
  return { ...request, headers: request.headers.filter(([name, value]) => !drops(name.toLowerCase(), value)) };
}

export function withCookies(request: RequestSpec, cookies: readonly Pair[]): RequestSpec {
  return { ...withoutHeaders(request, (name) => name === 'cookie'), cookies };
}

/** A cookie of the same name takes the place of the earlier one. */
function merged(own: readonly Pair[], fresh: readonly Pair[]): readonly Pair[] {
  return [...new Map([...own, ...fresh])];
}

function pathOnly(path: string): string {
  return path.split('?')[0] ?? path;
}
