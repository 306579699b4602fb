import type { Pair, RequestSpec } from '../model/request.js';

/** The parameter in which probes carry their value. */
export const probeParameter = 'wafproof';

/** The standard example of cross-site scripting: it does no harm, and rule sets refuse it at any level. */
export const attackCanary = '<script>alert(1)</script>';

/** Header fields of every probe. */
export const probeHeaders: readonly Pair[] = [
  ['User-Agent', 'wafproof'],
  ['Accept', '*/*'],
];

/** What any visitor sends: a GET for the target's own path. */
export function probeRequest(query: readonly Pair[] = []): RequestSpec {
  return {
    method: 'GET',
    path: '/',
    query,
    headers: probeHeaders,
    cookies: [],
    body: { kind: 'none' },
    omittedHeaders: [],
  };
}
