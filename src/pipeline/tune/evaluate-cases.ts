import type { CaseResult } from '../../model/report.js';
import { evaluateAll } from './evaluate-all.js';
import type { Bench } from './workbench.js';

/** The cases as an engine judges them, by id. */
export async function evaluateCases(cases: readonly CaseResult[], bench: Bench): Promise<readonly CaseResult[]> {
  const results = await evaluateAll(cases, async (result): Promise<CaseResult> => {
    const { action, hits, score } = await bench.evaluate(result.request);
    const verdict =
      action === 'passed'
        ? { kind: 'let-through' as const, nearMiss: hits.length > 0 }
        : { kind: 'false-positive' as const, detectedOnly: false };
    const { score: _former, ...rest } = result;
    return { ...rest, hits, verdict, ...(score !== undefined && { score }) };
  });
  return [...results].sort((a, b) => (a.id < b.id ? -1 : 1));
}

export function isBlocked({ verdict }: CaseResult): boolean {
  return verdict.kind === 'false-positive';
}
