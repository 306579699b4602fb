import type { Bench } from '../../contract/prover.js';
import type { RuleHit } from '../../model/evidence.js';
import type { RequestSpec } from '../../model/request.js';

/** An engine to ask which rules fire. */
export interface ProbeEngine {
  /** None where the engine could not answer. */
  hits(request: RequestSpec): Promise<readonly RuleHit[]>;
}

/** One that remembers whether it ever could not answer, so that what it was not asked about counts for nothing. */
export interface RememberingProbe extends ProbeEngine {
  readonly couldNotAnswer: boolean;
}

export function probeEngine(bench: Bench): RememberingProbe {
  let couldNotAnswer = false;
  return {
    get couldNotAnswer() {
      return couldNotAnswer;
    },
    async hits(request) {
      const { outcome, hits } = await bench.evaluate(request);
      if (outcome === 'undecided' || (outcome === 'blocked' && hits.length === 0)) couldNotAnswer = true;
      return hits;
    },
  };
}
