import type { Pair, RequestSpec } from '../../model/request.js';
import type { Destination } from '../../model/target-options.js';
import type { TriageEvidence } from '../../model/triage.js';
import type { DueProbe } from '../../triage/probing/decision-walk.js';

/** A request that is refused, where it goes, and what may be done to find out why. */
export interface TargetQuestion {
  readonly request: RequestSpec;
  /** Its URL has no path. */
  readonly destination: Destination;
  readonly timeoutMs: number;
  /** Requests a second. */
  readonly rate: number;
  /** Header fields of somebody who may do more. */
  readonly credentials: readonly Pair[];
  /** Another address of this machine. */
  readonly from?: string;
  /** How long to wait to see whether a limit is the reason, in milliseconds. */
  readonly waitMs?: number;
  /** Files with logs that may have the requests, whatever their kinds. */
  readonly logs?: readonly string[];
  /** What is known of it beforehand. */
  readonly known?: readonly TriageEvidence[];
  /** Asked before a probe is sent that may change something. */
  readonly permit: (due: DueProbe) => Promise<boolean>;
}
