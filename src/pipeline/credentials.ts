import type { Secret } from '../model/case.js';
import type { Pair, RequestSpec } from '../model/request.js';
import {
  carriesCookies,
  decodedText,
  isAuthorization,
  isKeyHeader,
  isSecretName,
  isTokenParameter,
  looksLikeToken,
} from '../request/credential-names.js';
import { cookiePairs } from '../request/read-cookies.js';

/** A value that opens something for whoever knows it, by where it stands in a request. */
export interface Credential extends Secret {
  /** It is long and odd enough to be replaced wherever it is; another is only where it stands. */
  readonly isDistinctive: boolean;
}

/** A request with the names of credentials in the place of their values, and what they were. */
export interface WithoutCredentials {
  readonly request: RequestSpec;
  readonly credentials: readonly Credential[];
}

/** A cookie with a shorter value, such as `theme=light`, opens nothing unless its name says so. */
const shortestCookie = 8;

/** @param known values that go by another name already */
export function withoutCredentials(request: RequestSpec, known: readonly Secret[] = []): WithoutCredentials {
  const found = new Map<string, Credential>();
  const named = new Set(known.flatMap(({ value }) => [value, encodeURIComponent(value.toWellFormed())]));
  const hide: Hide = (name, value, shown = value, isEverywhere = isDistinctive(value)) => {
    if (value === '' || named.has(value)) return shown;
    found.set(`${name}=${value}`, { name, value, isDistinctive: isEverywhere });
    return shown.slice(0, shown.length - value.length) + placeholder(name);
  };
  const headers = request.headers.map((pair) => hideHeader(pair, hide));
  const cookies = request.cookies.map((pair) => hideCookie(pair, hide));
  const query = request.query.map((pair) => hideParameter(pair, hide));
  const path = hideInPath(request.path, hide);
  if (found.size === 0) return { request, credentials: [] };
  return { request: { ...request, path, query, headers, cookies }, credentials: [...found.values()] };
}

/** @param shown the text that ends with the value; default: the value */
type Hide = (name: string, value: string, shown?: string, isEverywhere?: boolean) => string;

function placeholder(name: string): string {
  return `[${name}]`;
}

function hideHeader([name, value]: Pair, hide: Hide): Pair {
  if (isAuthorization(name)) return [name, hide(name, value.replace(/^\S+ +/, ''), value, true)];
  if (carriesCookies(name)) return [name, hideCookies(value, name.toLowerCase() === 'set-cookie', hide)];
  return isKeyHeader(name, value) ? [name, hide(name, value)] : [name, value];
}

/** Of `Set-Cookie` the first pair is the cookie, and the others are its attributes. */
function hideCookies(header: string, isSet: boolean, hide: Hide): string {
  const [first = '', ...attributes] = isSet ? header.split(';') : [header];
  const pairs = cookiePairs(first).map((pair) => hideCookie(pair, hide));
  const text = pairs
    .map(([name, value]) => (value === '' && !first.includes('=') ? name : `${name}=${value}`))
    .join('; ');
  return [text, ...attributes].join(';');
}

function hideCookie([name, value]: Pair, hide: Hide): Pair {
  const isSecret = isSecretName(name) || (value.length >= shortestCookie && looksLikeToken(value));
  return isSecret ? [name, hide(name, value)] : [name, value];
}

function hideParameter([name, value]: Pair, hide: Hide): Pair {
  return isTokenParameter(name, value) ? [name, hide(name, value)] : [name, value];
}

/** A query may stand in the path of a case, encoded as it is. */
function hideInPath(path: string, hide: Hide): string {
  const [before = '', ...query] = path.split('?');
  if (query.length === 0) return path;
  const hidden = query
    .join('?')
    .replace(/([^&=]+)=([^&#]*)/g, (all, name: string, value: string) =>
      isTokenParameter(decodedText(name), decodedText(value)) ? `${name}=${hide(decodedText(name), value)}` : all,
    );
  return `${before}?${hidden}`;
}

function isDistinctive(value: string): boolean {
  return value.length >= shortestCookie && /\d|[^\w\s]/.test(value);
}
