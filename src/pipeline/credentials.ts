import type { Secret } from '../model/case.js';
import type { Pair, RequestSpec } from '../model/request.js';
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

/** Header fields whose value is a credential by definition (RFC 9110 sections 11.6.2 and 11.7.2). */
const authorization = ['authorization', 'proxy-authorization'];
/** Header fields that carry cookies (RFC 6265), in requests that copy answers too. */
const cookieHeaders = ['cookie', 'set-cookie'];
/** Header fields in which keys and tokens are sent by custom. */
const keyHeader = /^x-(?:.+-)?(?:(?:api-?)?key|token|secret|signature)$/i;

/** Names by which sessions and credentials go, whatever the value looks like. */
const secretName =
  /sess|^sid$|[-_.]sid$|auth|token|jwt|csrf|xsrf|secret|passw|passwd|^pwd$|remember|credential|api[-_]?key/i;
/** Parameters of signed URLs, of OAuth 2 (RFC 6749, RFC 6750) and of keys by custom. */
const tokenName =
  /^(?:(?:[\w.-]*[-_.])?(?:token|key|sig|signature|secret|code|jwt|auth|sid|session|sessionid|ticket)|apikey|accesstoken|authtoken|x-(?:amz|goog)-(?:signature|credential|security-token)|awsaccesskeyid|password|passwd|pwd|pass)$/i;
const passwordName = /passw|passwd|^pwd$|^pass$|secret/i;

/** A cookie with a shorter value, such as `theme=light`, opens nothing unless its name says so. */
const shortestCookie = 8;
const shortestToken = 4;

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
  const lower = name.toLowerCase();
  if (authorization.includes(lower)) return [name, hide(name, value.replace(/^\S+ +/, ''), value, true)];
  if (cookieHeaders.includes(lower)) return [name, hideCookies(value, lower === 'set-cookie', hide)];
  return keyHeader.test(name) && looksLikeToken(value) ? [name, hide(name, value)] : [name, value];
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
  const isSecret = secretName.test(name) || (value.length >= shortestCookie && looksLikeToken(value));
  return isSecret ? [name, hide(name, value)] : [name, value];
}

function hideParameter([name, value]: Pair, hide: Hide): Pair {
  return isToken(name, value) ? [name, hide(name, value)] : [name, value];
}

function isToken(name: string, value: string): boolean {
  if (!tokenName.test(name)) return false;
  return passwordName.test(name) || (value.length >= shortestToken && looksLikeToken(value));
}

/** A query may stand in the path of a case, encoded as it is. */
function hideInPath(path: string, hide: Hide): string {
  const [before = '', ...query] = path.split('?');
  if (query.length === 0) return path;
  const hidden = query
    .join('?')
    .replace(/([^&=]+)=([^&#]*)/g, (all, name: string, value: string) =>
      isToken(decoded(name), decoded(value)) ? `${name}=${hide(decoded(name), value)}` : all,
    );
  return `${before}?${hidden}`;
}

/** Keys and tokens are made of such characters (RFC 6750 section 2.1, RFC 7519, and base64). What a rule looks for is not. */
function looksLikeToken(value: string): boolean {
  return /^[\w.~+/=:@%|-]+$/.test(decoded(value));
}

function isDistinctive(value: string): boolean {
  return value.length >= shortestCookie && /\d|[^\w\s]/.test(value);
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
