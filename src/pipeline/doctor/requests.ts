import type { ProbePlace } from '../../contract/check.js';
import type { RequestSpec, WireRequest } from '../../model/request.js';
import type { TargetOptions } from '../../model/target-options.js';
import { withHost } from '../../request/complete-request.js';
import { encodeRequest } from '../../request/encode-request.js';
import { attackCanary, probeParameter, probeRequest } from '../../request/probe-request.js';

/** What any visitor sends. */
export function benignRequest(target: TargetOptions): WireRequest {
  return wire(target, probeRequest());
}

/** The attack canary: in a field of the suites, or else in one parameter of a GET for the target's own path. */
export function attackRequest(target: TargetOptions, place: ProbePlace | undefined): WireRequest {
  return wire(target, place?.carry(attackCanary) ?? probeRequest([[probeParameter, attackCanary]]));
}

/** The bytes of a request to a target. */
export function wire(target: TargetOptions, spec: RequestSpec): WireRequest {
  return encodeRequest(withHost(spec, target.host ?? new URL(target.url).host));
}
