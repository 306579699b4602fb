import type { Pair, RequestSpec, WireRequest } from '../../model/request.js';
import type { TargetOptions } from '../../model/target-options.js';
import { withHost } from '../../request/complete-request.js';
import { encodeRequest } from '../../request/encode-request.js';

/** The parameter in which probes carry their value. */
export const probeParameter = 'wafproof';

/** Longer than what logs cut (512 bytes of a value, 2048 of a line), shorter than a request line may be (8190). */
export const longValueLength = 3000;

/** What long values are made of. */
export const filler = 'a';

/** The standard example of cross-site scripting: it does no harm, and every Core Rule Set refuses it at any level. */
export const attackValue = '<script>alert(1)</script>';

/** What any visitor sends. */
export function benignRequest(target: TargetOptions): WireRequest {
  return wire(target, plainRequest());
}

/** The attack canary: one parameter of a GET for the target's own path. */
export function attackRequest(target: TargetOptions): WireRequest {
  return wire(target, plainRequest([[probeParameter, attackValue]]));
}

/** A long value, with the attack at its end where that may be sent. */
export function longRequest(target: TargetOptions, attacks: boolean): WireRequest {
  const end = attacks ? attackValue : '';
  return wire(target, plainRequest([[probeParameter, `${filler.repeat(longValueLength - end.length)}${end}`]]));
}

/** The bytes of a request to a target. */
export function wire(target: TargetOptions, spec: RequestSpec): WireRequest {
  return encodeRequest(withHost(spec, target.host ?? new URL(target.url).host));
}

/** Header fields of every probe. */
export const probeHeaders: readonly Pair[] = [
  ['User-Agent', 'wafproof'],
  ['Accept', '*/*'],
];

function plainRequest(query: readonly Pair[] = []): RequestSpec {
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
