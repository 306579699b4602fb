import { isHost, withoutDots } from '../curl/curl-url.js';

/** Where a command line sends something, or why it does not. */
export type HttpieUrl = { readonly url: string } | { readonly reason: string };

/** What Python's requests escapes in a URL. */
const unsafe = /%(?![\da-f]{2})|[^\x21\x23-\x3b\x3d\x3f-\x5b\x5d\x5f\x61-\x7a\x7e]/gi;

/**
 * Completes a URL (HTTPie, `:3000/a` is on this machine; requests, `requote_uri`).
 * @param query the pairs of `name==value`, in bytes
 */
export function httpieUrl(
  given: string,
  scheme: string,
  query: readonly (readonly [name: string, value: string])[],
): HttpieUrl {
  const short = /^:\/\//.test(given) ? given.slice(3) : given;
  const local = /^:(?!:)(\d*)(.*)$/s.exec(short);
  const full =
    local === null ? short : `${scheme}://localhost${local[1] === '' ? '' : `:${local[1]}`}${local[2] ?? ''}`;
  const whole = /^[a-z][a-z\d+.-]*:\/\//i.test(full) ? full : `${scheme}://${full}`;
  const [, origin = '', host = '', path = '', own = ''] =
    /^(https?):\/\/(?:[^/?#@]*@)?([^/?#]*)([^?#]*)(\?[^#]*)?/is.exec(whole) ?? [];
  if (origin === '' || !isHost(host)) return { reason: `HTTPie does not take its URL (${given.slice(0, 60)})` };
  const added = query.map(([name, value]) => `${quotedPlus(name)}=${quotedPlus(value)}`).join('&');
  const search = [own.slice(1), added].filter((part) => part !== '').join('&');
  const target = quoted(withoutDots(path)).replace(/[[\]]/g, escapedByte) + (search === '' ? '' : `?${quoted(search)}`);
  return { url: `${origin.toLowerCase()}://${host}${target}` };
}

/** Escapes that need not be are taken back, others are spelt in capitals. */
function quoted(text: string): string {
  const plain = text.replace(/%([\da-f]{2})/gi, (all, digits: string) => {
    const char = String.fromCharCode(Number.parseInt(digits, 16));
    return /[\w.~-]/.test(char) ? char : all.toUpperCase();
  });
  return plain.replace(unsafe, escapedByte);
}

/** Python's `quote_plus`. */
export function quotedPlus(text: string): string {
  return text.replace(/[^\w.~ -]/g, escapedByte).replaceAll(' ', '+');
}

function escapedByte(char: string): string {
  return `%${char.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`;
}
