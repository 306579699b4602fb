import type { Prover } from '../contract/prover.js';
import type { Exclusion } from '../model/exclusion.js';
import type { CaseResult } from '../model/report.js';
import { using } from '../util/using.js';
import { evaluateAll } from './evaluate-all.js';
import type { LeavingOut } from './idle.js';

/** How a prover is asked what a search and a leaving out need to know: an engine is opened for each question. */
export interface Questions extends LeavingOut {
  /** The cases with the hits that they have under a set of exclusions. */
  hits(exclusions: readonly Exclusion[], cases: readonly CaseResult[]): Promise<readonly CaseResult[]>;
}

export function askFor(prover: Pick<Prover, 'open' | 'openSwitch' | 'isSwitchable'>): Questions {
  return {
    hits: (exclusions, cases) =>
      using(prover.open(exclusions), (bench) =>
        evaluateAll(cases, async (one) => ({ ...one, hits: (await bench.evaluate(one.request)).hits })),
      ),
    isSwitchable: (part) => prover.isSwitchable(part),
    with: (exclusions, use) => using(prover.open(exclusions), use),
    withSwitch: (parts, use) => using(prover.openSwitch(parts), use),
  };
}
