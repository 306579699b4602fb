import type { NextStep } from '../../contract/reporter.js';
import type { RunReport } from '../../model/report.js';

const highestLevel = 4;

/** Where attacks were missed: the next paranoia level, which refuses more. */
export function tuningSteps({ target, results }: RunReport): readonly NextStep[] {
  const { paranoia = 1 } = target.waf;
  const isMissed = results.some(({ verdict, asExpected }) => verdict.kind === 'attack-missed' && !asExpected);
  if (!isMissed || paranoia >= highestLevel) return [];
  const effect = 'shows which attacks a higher paranoia level refuses';
  return [{ command: `wafproof check --paranoia ${paranoia + 1}`, effect }];
}
