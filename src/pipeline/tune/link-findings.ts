import { formatVariable } from '../../model/evidence.js';
import type { Exclusion } from '../../model/exclusion.js';
import type { Finding, RunReport } from '../../model/report.js';

/** Exclusions with the findings that each of them clears. */
export function linkFindings(exclusions: readonly Exclusion[], findings: readonly Finding[]): readonly Exclusion[] {
  return exclusions.map((exclusion) => ({
    ...exclusion,
    findings: findings.filter((finding) => clears(exclusion, finding)).map(({ id }) => id),
  }));
}

function clears({ ruleIds, variable, scope }: Exclusion, finding: Finding): boolean {
  const here = scope.path === undefined || (scope.path === finding.path && scope.method === finding.method);
  const same = variable === undefined || formatVariable(variable) === formatVariable(finding.variable);
  return here && same && ruleIds.includes(Number(finding.ruleId));
}

/** Why the cases behind each finding are made, in the words of their authors. */
export function reasonsOf({ findings, results }: RunReport): ReadonlyMap<string, readonly string[]> {
  const words = new Map(results.map(({ id, because, title }) => [id, `${id}${reason(because ?? title)}`]));
  return new Map(findings.map(({ id, cases }) => [id, cases.map((one) => words.get(one) ?? one)]));
}

function reason(text: string | undefined): string {
  return text === undefined ? '' : ` (${text})`;
}
