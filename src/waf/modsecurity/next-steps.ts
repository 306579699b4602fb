import type { NextStep } from '../../contract/reporter.js';
import type { CaseResult, StreamedReport } from '../../model/report.js';
import { some } from '../../util/some.js';

const highestLevel = 4;

/** Where attacks were missed: the next paranoia level, which refuses more. */
export function tuningSteps({ target, results }: StreamedReport): readonly NextStep[] {
  const { paranoia = 1 } = target.waf;
  if (paranoia >= highestLevel || !some(results, isMissed)) return [];
  const effect = 'shows which attacks a higher paranoia level refuses';
  return [{ command: `wafproof check --paranoia ${paranoia + 1}`, effect }];
}

function isMissed({ verdict, asExpected }: CaseResult): boolean {
  return verdict.kind === 'attack-missed' && !asExpected;
}
