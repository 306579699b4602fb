import type { RuleHit, RuleId } from '../../../model/evidence.js';
import type { CaseResult } from '../../../model/report.js';
import { evaluateAll } from '../../../prove/evaluate-all.js';
import type { EngineBench } from '../prover/bench.js';

/** What an engine says of a case. */
export interface Observation {
  readonly isBlocked: boolean;
  readonly hits: readonly RuleHit[];
  readonly score: number;
}

/** By the id of the case. */
export type CaseObservations = ReadonlyMap<string, Observation>;

/** @param step called at each case */
export async function observeCases(
  cases: readonly CaseResult[],
  bench: EngineBench,
  step?: () => void,
): Promise<CaseObservations> {
  const observe = async ({ id, request }: CaseResult): Promise<readonly [string, Observation]> => {
    const { outcome, hits, score } = await bench.evaluate(request);
    return [id, { isBlocked: outcome === 'blocked', hits, score: score?.inbound ?? 0 }];
  };
  return new Map(await evaluateAll(cases, observe, step));
}

/** How a case fares worse than it did. */
export interface Loss {
  readonly isBlocked: boolean;
  /** Rules that fire now and did not; where one only finds more than it did, none. */
  readonly rules: readonly RuleId[];
}

/** What cases lose from one state of the rules to another; nothing for those that do not. */
export function lossesOf(was: CaseObservations, is: CaseObservations): ReadonlyMap<string, Loss> {
  const losses = [...is].flatMap(([id, now]): readonly (readonly [string, Loss])[] => {
    const before = was.get(id);
    const loss = before === undefined ? undefined : lossOf(before, now);
    return loss === undefined ? [] : [[id, loss]];
  });
  return new Map(losses);
}

function lossOf(was: Observation, is: Observation): Loss | undefined {
  const isBlocked = is.isBlocked && !was.isBlocked;
  const known = new Set(was.hits.map(({ ruleId }) => ruleId));
  // A rule that scores and was hidden from the log had its points in the score all the same.
  const counts = is.hits.filter(({ scoring }) => scoring === undefined || is.score > was.score);
  const rules = [...new Set(counts.map(({ ruleId }) => ruleId))].filter((ruleId) => !known.has(ruleId));
  return isBlocked || rules.length > 0 || is.score > was.score ? { isBlocked, rules } : undefined;
}
