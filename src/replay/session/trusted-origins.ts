import type { SessionOptions } from '../../model/session-options.js';

/**
 * Where what a session is opened with may go: to the target, also where it is asked by TLS instead, to what the options name by a
 * whole URL, and to their `origins`. A page may name any other, and a redirect may lead there.
 * @param base the target's URL, as users know it
 */
export function trustedOrigins(base: string, options: SessionOptions): ReadonlySet<string> {
  const { protocol, hostname, origin } = new URL(base);
  const secure = protocol === 'http:' ? [`https://${hostname}`] : [];
  const { steps = [], values = {}, browser, origins = [] } = options;
  const named = [
    ...steps.flatMap((step) => ('get' in step ? [step.get] : 'post' in step ? [step.post] : [])),
    ...Object.values(values).flatMap(({ page }) => page ?? []),
    ...(browser?.page === undefined ? [] : [browser.page]),
    ...origins,
  ];
  const others = named
    .filter((url) => /^https?:\/\//i.test(url) && URL.canParse(url))
    .map((url) => new URL(url).origin);
  return new Set([origin, ...secure, ...others]);
}

/** What to do where something would go elsewhere. */
export function untrusted(url: string): string {
  const { origin } = new URL(url);
  return `it would go to ${origin}, which is no origin of the session: name that in its "origins" if it is to get what the session is opened with`;
}
