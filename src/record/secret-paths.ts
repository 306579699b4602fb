import { decodedText } from '../request/credential-names.js';
import { hasKey } from './secret-shapes.js';
import { holdsKey, looksMade } from './secret-values.js';

/** What is sent by mail to one person, to be used once: whatever follows it is a secret. */
const once =
  /^(?:password-?)?(?:reset|verify|verification|confirm|confirmation|activate|activation|invites?|invitations?|magic|shared?|guests?|unsubscribe|token)(?:[-_]?(?:password|e?-?mail|account|link|login|signup|registration|user))?$/i;

/** What a key or an id may follow: a key where it looks like one. */
const ofKeys = /^(?:api-?)?(?:keys?|secrets?|hooks?|webhooks?)$/i;

/** Sessions that servers write into addresses: of Java, of PHP, of ASP.NET. */
const session = /;(?:jsessionid|phpsessid|sid|session)=[^;/]|^\(S\([^)]+\)\)$/i;

const uuid = /^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/i;

/** How many segments a secret may be behind the word that tells of it: `/reset/MQ/c3k-4f1a…`. */
const reach = 2;

/** Whether a secret stands in a path: a key, a session, or a token that somebody was sent. */
export function hasSecretSegment(path: string): boolean {
  const plain = path.replace(/[?#].*$/s, '');
  return hasKey(decodedText(plain)) || plain.split('/').some((_, i, all) => isSecretAt(all, i));
}

/** The same path for people, with an ellipsis in the place of each secret. */
export function pathWithoutSecrets(path: string): string {
  const plain = path.replace(/[?#].*$/s, '');
  const segments = plain.split('/');
  const shown = segments.map((segment, i) => (isSecretAt(segments, i) ? '…' : segment)).join('/');
  return hasKey(decodedText(shown)) ? '/…' : shown;
}

/** The page that a request came from, as far as no secret is in its address. */
export function addressWithoutSecrets(url: string): string {
  const address = url.replace(/#.*$/s, '').replace(/^([a-z][a-z\d+.-]*:\/\/)[^/?]*@/i, '$1');
  const [page = '', query] = address.split(/\?(.*)/s);
  const [, origin = '', path = ''] = /^([a-z][a-z\d+.-]*:\/\/[^/]*)(.*)$/is.exec(page) ?? [];
  if (hasSecretSegment(path)) return `${origin}/`;
  return query !== undefined && holdsKey(query) ? page : address;
}

function isSecretAt(segments: readonly string[], at: number): boolean {
  const segment = decodedText(segments[at] ?? '');
  if (hasKey(segment) || session.test(segment)) return true;
  if (looksMade(/^(?:private|secret|token|key)[-_](.{16,})$/.exec(segment)?.[1] ?? '')) return true;
  const before = segments.slice(Math.max(0, at - reach), at);
  if (before.some((word) => once.test(word)) && (isToken(segment) || uuid.test(segment))) return true;
  return ofKeys.test(segments[at - 1] ?? '') && isToken(segment) && !uuid.test(segment);
}

/** Made by a machine, and longer than an id need be. */
function isToken(segment: string): boolean {
  return looksMade(segment) || (/^[\w-]{16,}$/.test(segment) && looksMade(segment.replace(/^.*-/, '')));
}
