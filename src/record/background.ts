import type { CapturedCause } from './captured-request.js';

/** What a browser tells of a request: what sent it, and how long after somebody did something in the page. */
export interface Trigger {
  /** A page that is opened, a form that is submitted; a script; or what pages send as they are left. */
  readonly by: 'navigation' | 'script' | 'beacon';
  /** In milliseconds; absent where nobody did anything in that page, or nobody can be told to. */
  readonly sinceActMs?: number;
}

/** Names by which applications send what no person asked for: in paths, queries, and the start of bodies. */
const ownWork =
  /heart-?beat|keep-?alive|auto-?save|stash-?edit|(?:^|[/_.=-])ping(?:$|[/?&_.=-])|beacon|analytics|telemetry|\/collect(?:$|[?/])|\/envelope\/|csp-?report|presence|post-?lock|rest-nonce/i;

/** After so long, a script that sends something does so by itself. */
const patienceMs = 10_000;

/** How much of a body is looked at. */
const start = 2000;

/**
 * Whether a page sent a request by itself, or as it was left; nothing where a person had it sent.
 * @param body its start, where it is text
 */
export function causeOf(
  { by, sinceActMs }: Trigger,
  { target, body = '' }: { readonly target: string; readonly body?: string },
): Extract<CapturedCause, 'beacon' | 'background'> | undefined {
  if (by === 'beacon') return 'beacon';
  if (by === 'navigation') return undefined;
  const isOwn = ownWork.test(target) || ownWork.test(namesIn(body.slice(0, start)));
  return isOwn || (sinceActMs !== undefined && sinceActMs > patienceMs) ? 'background' : undefined;
}

/** What a body says that it is for: `action=heartbeat`, and not what people write into it. */
function namesIn(body: string): string {
  const said = /(?:^|[&{,"\s])"?(?:action|method|event|type|op|cmd|command)"?\s*[=:]\s*"?([\w.-]{1,60})/gi;
  return [...body.matchAll(said)].map(([, value = '']) => `=${value}`).join(' ');
}
