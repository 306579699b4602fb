import type { Bench } from '../../contract/prover.js';
import type { RuleHit } from '../../model/evidence.js';
import type { RequestSpec } from '../../model/request.js';

/** An engine to ask which rules fire. */
export interface ProbeEngine {
  /** None where the engine could not answer. */
  hits(request: RequestSpec): Promise<readonly RuleHit[]>;
}

export function probeEngine(bench: Bench): ProbeEngine {
  return { hits: async (request) => (await bench.evaluate(request)).hits };
}
