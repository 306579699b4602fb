import type { Pair } from '../model/request.js';

/**
 * The cookies that an answer's `Set-Cookie` fields leave, in order (RFC 6265 section 5.2). Domain, path and `Secure` are
 * not looked at: a session has one target.
 */
export function cookiesOf(headers: readonly Pair[]): readonly Pair[] {
  const cookies = new Map<string, string>();
  for (const [name, field] of headers) {
    const cookie = name.toLowerCase() === 'set-cookie' ? parseSetCookie(field) : undefined;
    if (cookie === undefined) continue;
    if (cookie.removed) cookies.delete(cookie.name);
    else cookies.set(cookie.name, cookie.value);
  }
  return [...cookies];
}

interface SetCookie {
  readonly name: string;
  readonly value: string;
  readonly removed: boolean;
}

function parseSetCookie(field: string): SetCookie | undefined {
  const [pair = '', ...attributes] = field.split(';');
  const equals = pair.indexOf('=');
  const name = pair.slice(0, equals).trim();
  if (equals === -1 || name === '') return undefined;
  return { name, value: pair.slice(equals + 1).trim(), removed: attributes.some(expires) };
}

/** `Max-Age=0`, or an `Expires` at the epoch or long ago, is how servers remove a cookie. */
function expires(attribute: string): boolean {
  const [name = '', value = ''] = attribute.split('=', 2);
  switch (name.trim().toLowerCase()) {
    case 'max-age':
      return /^\s*(0+|-\d+)\s*$/.test(value);
    case 'expires':
      return Date.parse(value) < Date.now();
    default:
      return false;
  }
}
