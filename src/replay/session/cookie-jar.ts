import { Cookie, CookieJar } from 'tough-cookie';
import type { Pair } from '../../model/request.js';

/** The cookies of one user, as a browser keeps them (RFC 6265): by domain, path, `Secure` and time. */
export class SessionCookies {
  readonly #jar = new CookieJar(undefined, { rejectPublicSuffixes: false });

  /** Keeps the cookies that an answer sets; those that it may not set are passed over. */
  take(url: string, headers: readonly Pair[]): void {
    for (const [name, field] of headers) {
      if (name.toLowerCase() !== 'set-cookie') continue;
      const cookie = Cookie.parse(field);
      if (cookie !== undefined) this.#jar.setCookieSync(cookie, url, { ignoreError: true });
    }
  }

  /** What is sent to a URL, in the order of the standard. */
  of(url: string): readonly Pair[] {
    return this.#jar.getCookiesSync(url).map(({ key, value }): Pair => [key, value]);
  }

  /** Whether there is such a cookie, wherever it is sent: none that was taken away, which servers do by a time that is past. */
  has(name: string): boolean {
    const all = this.#jar.serializeSync()?.cookies ?? [];
    return all.some((one) => one.key === name && (Cookie.fromJSON(one)?.TTL() ?? 0) > 0);
  }

  /** A cookie wherever it is sent; the newest of its name. */
  named(name: string): string | undefined {
    const all = this.#jar.serializeSync()?.cookies ?? [];
    return all.findLast(({ key }) => key === name)?.value as string | undefined;
  }
}
