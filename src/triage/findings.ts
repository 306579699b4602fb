import { createHash } from 'node:crypto';
import { formatVariable, type RuleHit } from '../model/evidence.js';
import type { CaseResult, Finding } from '../model/report.js';
import { groupBy } from '../util/group-by.js';

interface Seen {
  readonly hit: RuleHit;
  readonly result: CaseResult;
}

/** The causes of all false positives: what has the same rule, variable and endpoint is one finding. Most cases first. */
export function findCauses(results: readonly CaseResult[]): readonly Finding[] {
  const seen = results
    .filter(({ verdict }) => verdict.kind === 'false-positive')
    .flatMap((result) => result.hits.map((hit) => ({ hit, result })));
  const findings = [...groupBy(seen, cause)].flatMap(([key, group]) => toFinding(key, group));
  return findings.sort((a, b) => b.cases.length - a.cases.length || a.id.localeCompare(b.id));
}

function cause({ hit, result }: Seen): string {
  return JSON.stringify([hit.ruleId, formatVariable(hit.variable), result.request.method, pathOf(result)]);
}

function toFinding(key: string, group: readonly Seen[]): readonly Finding[] {
  return group.slice(0, 1).map(({ hit, result }) => ({
    id: `${hit.ruleId}-${createHash('sha256').update(key).digest('hex').slice(0, 8)}`,
    ruleId: hit.ruleId,
    message: hit.message,
    variable: hit.variable,
    method: result.request.method,
    path: pathOf(result),
    cases: [...new Set(group.map((one) => one.result.id))],
  }));
}

function pathOf({ request }: CaseResult): string {
  return request.path.replace(/\?.*$/s, '');
}
