import { decoded, isHost, withoutDots } from '../curl/curl-url.js';

/** A URL as wget sends it there, or why it does not. */
export type WgetUrl = { readonly url: string; readonly credentials?: string } | { readonly reason: string };

/** What wget escapes (url.c): signs that no URL has, and a `%` without two digits. */
const unsafe = /[\0-\x20"<>\\^`{|}\x7f-\xff]|%(?![\da-f]{2})/gi;

/** @param given bytes, one character a byte */
export function wgetUrl(given: string): WgetUrl {
  const [, scheme = 'http', all = ''] = /^(?:([a-z][a-z\d+.-]*):\/\/)?(.*)$/is.exec(given.trim()) ?? [];
  if (!/^https?$/i.test(scheme)) return { reason: `its URL is not of HTTP (${scheme.slice(0, 20)})` };
  const [, authority = '', path = '', query = ''] = /^([^/?#]*)([^?#]*)(\?[^#]*)?/s.exec(all) ?? [];
  const at = authority.lastIndexOf('@');
  const host = authority.slice(at + 1);
  if (!isHost(host)) return { reason: `wget does not take its URL: no host is called ${host.slice(0, 60) || '""'}` };
  const target = escaped(withoutDots(path) + query);
  const credentials = at < 0 ? undefined : decoded(authority.slice(0, at));
  return { url: `${scheme.toLowerCase()}://${host}${target}`, ...(credentials !== undefined && { credentials }) };
}

function escaped(text: string): string {
  return text.replace(unsafe, (byte) => `%${byte.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`);
}
