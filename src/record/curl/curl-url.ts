/** The URLs that one with globs stands for, or why curl does not take it. */
export type Globbed = { readonly urls: readonly string[] } | { readonly problem: string };

const mostUrls = 500;

/** `{a,b}`, `[1-3]`, `[01-10:3]`, `[a-z]` (curl, tool_urlglob.c). What is no glob stays as it is. */
export function globUrl(url: string): Globbed {
  const pieces = url.split(/(\{[^{}]*\}|\[[^[\]]*\]|\\[{}[\]])/).map(alternatives);
  let urls: readonly string[] = [''];
  for (const piece of pieces) {
    if (urls.length * piece.length > mostUrls) return { problem: `its URL stands for more than ${mostUrls}` };
    urls = urls.flatMap((begun) => piece.map((text) => begun + text));
  }
  return { urls };
}

function alternatives(piece: string): readonly string[] {
  if (/^\\[{}[\]]$/.test(piece)) return [piece.slice(1)];
  if (/^\{[^{}"':]+\}$/.test(piece)) return piece.slice(1, -1).split(',');
  const range = /^\[(?:(\d{1,9})-(\d{1,9})|([a-z])-([a-z])|([A-Z])-([A-Z]))(?::(\d{1,9}))?\]$/.exec(piece);
  return range === null ? [piece] : steps(range);
}

function steps([
  ,
  from = '',
  to = '',
  a = '',
  z = '',
  bigA = '',
  bigZ = '',
  step = '1',
]: RegExpExecArray): readonly string[] {
  const isNumber = from !== '';
  const [first, last] = isNumber ? [Number(from), Number(to)] : [(a || bigA).charCodeAt(0), (z || bigZ).charCodeAt(0)];
  const found: string[] = [];
  for (let n = first; n <= last && found.length <= mostUrls; n += Math.max(Number(step), 1))
    found.push(isNumber ? `${n}`.padStart(from.startsWith('0') ? from.length : 0, '0') : String.fromCharCode(n));
  return found.length === 0 ? [''] : found;
}

/** A URL as curl completes it. */
export interface CurlUrl {
  readonly url: string;
  /** `user:password` that stood in it, decoded. */
  readonly credentials?: string;
}

/** @param keepsPath `--path-as-is`: dots in it stay */
export function completeUrl(given: string, scheme: string, keepsPath: boolean): CurlUrl {
  const whole = /^[a-z][a-z\d+.-]*:\/\//i.test(given) ? given : `${scheme}://${given}`;
  const [, start = '', authority = '', rest = ''] = /^([a-z][a-z\d+.-]*:\/\/)([^/?#]*)([^#]*)/is.exec(whole) ?? [];
  const at = authority.lastIndexOf('@');
  const question = rest.indexOf('?');
  const path = question < 0 ? rest : rest.slice(0, question);
  const query = question < 0 ? '' : rest.slice(question);
  const url = `${start}${authority.slice(at + 1)}${keepsPath ? path || '/' : withoutDots(path)}${query.replaceAll(' ', '%20')}`;
  return at < 0 ? { url } : { url, credentials: decoded(authority.slice(0, at)) };
}

/** RFC 3986 section 5.2.4. */
function withoutDots(path: string): string {
  const kept: string[] = [];
  const segments = path.replaceAll(' ', '%20').split('/').slice(1);
  for (const [i, segment] of segments.entries()) {
    const isLast = i === segments.length - 1;
    if (segment === '..') kept.pop();
    if (segment === '.' || segment === '..') {
      if (isLast) kept.push('');
    } else kept.push(segment);
  }
  return `/${kept.join('/')}`;
}

function decoded(text: string): string {
  return text.replace(/%([\da-f]{2})/gi, (_, digits: string) => String.fromCharCode(Number.parseInt(digits, 16)));
}

/** The URL with more in its query. curl spells the bytes of what it adds in small letters. */
export function withQuery(url: string, query: string): string {
  if (query === '') return url;
  const small = query.replace(/%[\dA-F]{2}/gi, (byte) => byte.toLowerCase()).replaceAll(' ', '%20');
  return `${url}${!url.includes('?') ? '?' : /[?&]$/.test(url) ? '' : '&'}${small}`;
}
