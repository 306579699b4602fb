import type { RequestSpec, WireRequest } from '../../model/request.js';
import type { TargetOptions } from '../../model/target-options.js';
import { withHost } from '../../request/complete-request.js';
import { encodeRequest } from '../../request/encode-request.js';
import { attackCanary, probeParameter, probeRequest } from '../../request/probe-request.js';

/** What any visitor sends. */
export function benignRequest(target: TargetOptions): WireRequest {
  return wire(target, probeRequest());
}

/** The attack canary: one parameter of a GET for the target's own path. */
export function attackRequest(target: TargetOptions): WireRequest {
  return wire(target, probeRequest([[probeParameter, attackCanary]]));
}

/** The bytes of a request to a target. */
export function wire(target: TargetOptions, spec: RequestSpec): WireRequest {
  return encodeRequest(withHost(spec, target.host ?? new URL(target.url).host));
}
