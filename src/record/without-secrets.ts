import type { CapturedRequest } from './captured-request.js';
import { pathWithoutSecrets } from './secret-paths.js';
import { hasKey } from './secret-shapes.js';
import { splitUrl } from './split-url.js';

/** `POST https://shop.test/login`, without a query, in which keys may stand, and without other secrets. */
export function requestWithoutSecrets(
  { method, url }: Pick<CapturedRequest, 'method' | 'url'>,
  isLeak: (text: string) => boolean = hasKey,
): string {
  return `${method} ${addressForPeople(url, isLeak)}`;
}

/** An address or a target for people: who asks for it and with which query is left out, and so are secrets in its path. */
export function addressForPeople(url: string, isLeak: (text: string) => boolean = hasKey): string {
  const { origin, target } = splitUrl(url);
  const path = pathWithoutSecrets(target);
  return `${origin}${isLeak(path) ? '/…' : path}`;
}

/** What a page or an author calls a request, for people; nothing where a secret stands in it. */
export function titleForPeople(title: string | undefined): string | undefined {
  return title === undefined || hasKey(title) ? undefined : title;
}
