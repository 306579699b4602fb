import type { Secret } from '../../model/case.js';
import type { Pair } from '../../model/request.js';

/** A cookie with a shorter value, such as `theme=light`, opens nothing. */
const shortestCookie = 8;

/** What a session brought that opens it for whoever knows it: the values that cases use, and the cookies. */
export function sessionSecrets({
  cookies,
  values,
}: {
  readonly cookies: readonly Pair[];
  readonly values: Iterable<readonly [name: string, value: string]>;
}): readonly Secret[] {
  const kept = cookies.filter(([, value]) => value.length >= shortestCookie);
  return [
    ...[...values].map(([name, value]) => ({ name, value })),
    ...kept.flatMap(([name, value]) => [value, percentDecoded(value)].map((spelled) => ({ name, value: spelled }))),
  ];
}

/** Applications decode cookies, and put them into pages and header fields as they then are. */
function percentDecoded(value: string): string {
  try {
    return decodeURIComponent(value);
  } catch {
    return value;
  }
}
