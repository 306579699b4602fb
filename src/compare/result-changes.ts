import { formatVariable } from '../model/evidence.js';
import type { CaseResult } from '../model/report.js';
import type { ChangedResult, ResultChanges } from '../model/result-changes.js';

/** Compares the results of the same suites, before and after a change. Cases are the same by their ids. */
export function resultChanges(before: readonly CaseResult[], after: readonly CaseResult[]): ResultChanges {
  const was = new Map(before.map((result) => [result.id, result]));
  const there = new Set(after.map(({ id }) => id));
  const pairs = after.map((result) => ({ before: was.get(result.id), after: result }));
  return {
    broken: pairs.filter((one) => !one.after.asExpected && one.before?.asExpected !== false).map((one) => one.after),
    mended: pairs.filter((one) => one.after.asExpected && one.before?.asExpected === false).map((one) => one.after),
    other: pairs.flatMap((one) => (isThere(one) && isOther(one) ? [one] : [])),
    added: pairs.filter((one) => one.after.asExpected && one.before === undefined).map((one) => one.after),
    removed: before.filter(({ id }) => !there.has(id)),
  };
}

function isThere(pair: { readonly before: CaseResult | undefined; readonly after: CaseResult }): pair is ChangedResult {
  return pair.before !== undefined;
}

function isOther({ before, after }: ChangedResult): boolean {
  return before.asExpected === after.asExpected && essence(before) !== essence(after);
}

/** What makes two outcomes the same: times, ids and what rules quote are left out. */
function essence({ verdict, score, hits }: CaseResult): string {
  const rules = hits.map(({ ruleId, variable }) => `${ruleId} ${formatVariable(variable)}`).sort();
  return JSON.stringify([verdict.kind, score?.inbound, rules]);
}
