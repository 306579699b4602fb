import type { Case } from '../model/case.js';
import { formatVariable, type RuleHit } from '../model/evidence.js';
import type { CaseResult, Repeats } from '../model/report.js';
import type { Verdict } from '../model/verdict.js';
import { isAsExpected } from '../triage/expectation.js';
import { groupBy } from '../util/group-by.js';
import { wilsonInterval } from '../util/wilson-interval.js';

/**
 * One result for all sendings of a case. What came out the same each time is the verdict; what did not is inconclusive,
 * and the reason tells the numbers. Hits are those of all sendings.
 */
export function mergeRepeats(sent: Case, results: readonly [CaseResult, ...CaseResult[]]): CaseResult {
  if (results.length === 1) return results[0];
  const shown = results.find(isBlocked) ?? results[0];
  const repeats = countBlocked(results);
  const verdict = mergeVerdicts(shown.verdict, results, repeats);
  const asExpected =
    verdict.kind === 'inconclusive'
      ? isAsExpected(sent.intent, sent.expect, { verdict, status: undefined })
      : results.every((result) => result.asExpected);
  return { ...shown, verdict, asExpected, hits: unionOfHits(results), repeats };
}

function countBlocked(results: readonly CaseResult[]): Repeats {
  const blocked = results.filter(isBlocked).length;
  const sent = results.filter(({ verdict }) => verdict.kind !== 'inconclusive').length;
  const { low, high } = wilsonInterval(blocked, sent);
  return { sent, blocked, low: rounded(low), high: rounded(high) };
}

function isBlocked({ verdict }: CaseResult): boolean {
  return verdict.kind === 'false-positive' || verdict.kind === 'attack-blocked';
}

function mergeVerdicts(shown: Verdict, results: readonly CaseResult[], repeats: Repeats): Verdict {
  const kinds = groupBy(results, ({ verdict }) => verdict.kind);
  if (kinds.size > 1) return { kind: 'inconclusive', reason: describe(results, repeats) };
  const isNear = results.some(({ verdict }) => 'nearMiss' in verdict && verdict.nearMiss);
  return 'nearMiss' in shown ? { ...shown, nearMiss: isNear } : shown;
}

function describe(results: readonly CaseResult[], { sent, blocked }: Repeats): string {
  const others = [
    ...groupBy(
      results.filter((result) => !isBlocked(result)),
      ({ verdict }) => verdict.kind,
    ),
  ];
  const parts = [
    ...(blocked > 0 ? [`blocked in ${blocked} of ${sent} (${Math.round((blocked / sent) * 100)} %)`] : []),
    ...others.map(([kind, group]) => `${kind} in ${group.length}${reasonOf(group)}`),
  ];
  return `came out differently in ${results.length} sendings: ${parts.join(', ')}`;
}

function reasonOf([first]: readonly CaseResult[]): string {
  return first !== undefined && 'reason' in first.verdict ? ` (${first.verdict.reason})` : '';
}

function unionOfHits(results: readonly CaseResult[]): readonly RuleHit[] {
  const all = results.flatMap(({ hits }) => hits);
  const groups = groupBy(all, ({ ruleId, variable }) => `${ruleId} ${formatVariable(variable)}`);
  return [...groups.values()].flatMap((group) => group.slice(0, 1));
}

function rounded(share: number): number {
  return Math.round(share * 10_000) / 10_000;
}
