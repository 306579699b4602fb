import type { Answer, Bench } from '../contract/prover.js';
import type { CaseResult } from '../model/report.js';
import type { Verdict } from '../model/verdict.js';
import { evaluateAll } from './evaluate-all.js';

/**
 * The legitimate cases as an engine judges them, by id.
 * @param step called at each case
 */
export async function evaluateCases(
  cases: readonly CaseResult[],
  bench: Bench,
  step?: () => void,
): Promise<readonly CaseResult[]> {
  const results = await evaluateAll(
    cases,
    async (result): Promise<CaseResult> => {
      const answer = await bench.evaluate(result.request);
      const { score: _former, ...rest } = result;
      return { ...rest, hits: answer.hits, verdict: verdictOf(answer) };
    },
    step,
  );
  return [...results].sort((a, b) => (a.id < b.id ? -1 : 1));
}

function verdictOf({ outcome, hits, reason = 'the engine cannot decide it' }: Answer): Verdict {
  switch (outcome) {
    case 'passed':
      return { kind: 'let-through', nearMiss: hits.length > 0 };
    case 'blocked':
      return { kind: 'false-positive', detectedOnly: false };
    case 'undecided':
      return { kind: 'inconclusive', reason };
  }
}

export function isBlocked({ verdict }: CaseResult): boolean {
  return verdict.kind === 'false-positive';
}
