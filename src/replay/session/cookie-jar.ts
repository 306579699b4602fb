import { isIP } from 'node:net';
import { Cookie, CookieJar, getPublicSuffix } from 'tough-cookie';
import type { PlacedCookie } from '../../contract/browser.js';
import type { Pair } from '../../model/request.js';
import { utf8OfLatin1 } from '../wire-plan.js';

/** The cookies of one user, as a browser keeps them (RFC 6265): by domain, path, `Secure` and time. */
export class SessionCookies {
  readonly #jar = new CookieJar();

  /** Keeps the cookies that an answer sets; those that it may not set are passed over. */
  take(url: string, headers: readonly Pair[]): void {
    for (const [name, field] of headers) {
      if (name.toLowerCase() !== 'set-cookie') continue;
      const cookie = Cookie.parse(utf8OfLatin1(field));
      if (cookie !== undefined) this.#jar.setCookieSync(ofHost(cookie, url), url, { ignoreError: true });
    }
  }

  /** Keeps cookies that a browser has. */
  put(cookies: readonly PlacedCookie[]): void {
    for (const { name, value, domain, isForHostsBelow, path, secure, httpOnly, expires } of cookies) {
      const at = { path, secure, httpOnly, ...(isForHostsBelow && { domain }) };
      const until = expires === undefined ? {} : { expires: new Date(expires * 1000) };
      const cookie = new Cookie({ key: name, value, ...at, ...until });
      this.#jar.setCookieSync(cookie, `${secure ? 'https' : 'http'}://${domain}${path}`, { ignoreError: true });
    }
  }

  /** All of them, for a browser. */
  placed(): readonly PlacedCookie[] {
    const all = this.#jar.serializeSync()?.cookies ?? [];
    return all.flatMap((kept) => {
      const cookie = Cookie.fromJSON(kept);
      if (cookie === undefined || cookie.domain === null || cookie.TTL() <= 0) return [];
      const expires = cookie.expiryTime() ?? Number.POSITIVE_INFINITY;
      return [
        {
          name: cookie.key,
          value: cookie.value,
          domain: cookie.domain,
          isForHostsBelow: cookie.hostOnly === false,
          path: cookie.path ?? '/',
          secure: cookie.secure,
          httpOnly: cookie.httpOnly,
          ...(Number.isFinite(expires) && { expires: expires / 1000 }),
        },
      ];
    });
  }

  /** What is sent to a URL, in the order of the standard. */
  of(url: string): readonly Pair[] {
    return this.#jar.getCookiesSync(url).map(({ key, value }): Pair => [key, value]);
  }

  /**
   * Whether there is such a cookie, wherever it is sent: none that was taken away, which servers do by a time that is past.
   * @param name where it has a `*` in it, that stands for any text: `wordpress_logged_in_*`
   */
  has(name: string): boolean {
    const all = this.#jar.serializeSync()?.cookies ?? [];
    return all.some((one) => fitsCookie(one.key ?? '', name) && (Cookie.fromJSON(one)?.TTL() ?? 0) > 0);
  }

  /** A cookie wherever it is sent; the newest of its name. */
  named(name: string): string | undefined {
    const all = this.#jar.serializeSync()?.cookies ?? [];
    return all.findLast(({ key }) => key === name)?.value as string | undefined;
  }
}

/** A host that has no other above it, such as `localhost` or an address, may name itself as the domain (RFC 6265, section 5.3.5). */
function ofHost(cookie: Cookie, url: string): Cookie {
  const { hostname } = new URL(url);
  const isSuffix =
    isIP(hostname.replace(/^\[|\]$/g, '')) !== 0 || getPublicSuffix(hostname, { ignoreError: true }) === undefined;
  if (isSuffix && cookie.domain?.replace(/^\./, '').toLowerCase() === hostname) cookie.domain = null;
  return cookie;
}

/** Whether a cookie is meant by a name in which `*` stands for any text. */
export function fitsCookie(name: string, wanted: string): boolean {
  const [start = '', ...rest] = wanted.split('*');
  const end = rest.at(-1);
  if (end === undefined) return name === wanted;
  return name.length >= start.length + end.length && name.startsWith(start) && name.endsWith(end);
}
