import type { Exclusion } from '../model/exclusion.js';
import { matchesPath } from '../model/path-template.js';
import type { Finding, RunReport } from '../model/report.js';
import { hides } from './hides.js';

/** Exclusions with the findings that each of them clears. */
export function linkFindings(exclusions: readonly Exclusion[], findings: readonly Finding[]): readonly Exclusion[] {
  return exclusions.map((exclusion) => ({
    ...exclusion,
    findings: findings.filter((finding) => clears(exclusion, finding)).map(({ id }) => id),
  }));
}

function clears(exclusion: Exclusion, finding: Finding): boolean {
  const { ruleIds, scope } = exclusion;
  const here =
    (scope.method === undefined || scope.method === finding.method) &&
    (scope.path === undefined || scope.path === finding.path || matchesPath(scope.path, finding.path));
  return here && ruleIds.includes(finding.ruleId) && hides(exclusion, finding);
}

/** Why the cases behind each finding are made, in the words of their authors. */
export function reasonsOf({
  findings,
  results,
}: Pick<RunReport, 'findings' | 'results'>): ReadonlyMap<string, readonly string[]> {
  const words = new Map(results.map(({ id, because, title }) => [id, `${id}${reason(because ?? title)}`]));
  return new Map(findings.map(({ id, cases }) => [id, cases.map((one) => words.get(one) ?? one)]));
}

function reason(text: string | undefined): string {
  return text === undefined ? '' : ` (${text})`;
}
