import type { Bench, Prover } from '../contract/prover.js';
import { reaching } from '../exclude/reaching.js';
import type { Exclusion } from '../model/exclusion.js';
import type { CaseResult } from '../model/report.js';
import { groupBy } from '../util/group-by.js';
import { using } from '../util/using.js';
import { evaluateAll } from './evaluate-all.js';

/** Opens an engine with exclusions in force. */
export type OpenBench = (exclusions: readonly Exclusion[]) => Promise<Bench>;

/** The cases with the hits that they have under a set of exclusions. */
export type AskHits = (
  exclusions: readonly Exclusion[],
  cases: readonly CaseResult[],
) => Promise<readonly CaseResult[]>;

/**
 * How a prover is asked what a search needs to know. Each case is evaluated under the exclusions that may act on it: an
 * engine with those of all endpoints would be slower with each of them.
 * @param step called at each case
 */
export function askFor(prover: Pick<Prover, 'open'>, step: () => void = () => undefined): AskHits {
  return async (exclusions, cases) => {
    const reached = reaching(exclusions);
    const groups = [...groupBy(cases, ({ request }) => reached(request))];
    const answers = await evaluateAll(groups, ([acting, group]) =>
      using(prover.open(acting), (bench) =>
        evaluateAll(group, async (one) => ({ ...one, hits: (await bench.evaluate(one.request)).hits }), step),
      ),
    );
    return answers.flat();
  };
}
