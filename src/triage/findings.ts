import { createHash } from 'node:crypto';
import { familyOf } from '../model/array-names.js';
import type { Endpoint } from '../model/endpoint.js';
import { formatVariable, type RuleHit, type Variable } from '../model/evidence.js';
import type { CaseResult, Finding } from '../model/report.js';
import { recogniseEndpoints } from '../request/endpoints.js';
import { groupBy } from '../util/group-by.js';

interface Seen {
  readonly hit: RuleHit;
  readonly result: CaseResult;
  readonly endpoint: Endpoint;
  /** With `array_*` where several elements of an array were seen. */
  readonly variable: Variable;
}

/**
 * The causes of all false positives: what has the same rule, variable and endpoint is one finding. Most cases first.
 * Paths that differ in ids are one endpoint, and elements of an array one variable, where several of them were seen.
 */
export function findCauses(results: readonly CaseResult[]): readonly Finding[] {
  const endpointOf = recogniseEndpoints(results.map(({ request }) => request));
  const seen = results
    .filter(({ verdict }) => verdict.kind === 'false-positive')
    .flatMap((result) => result.hits.map((hit) => ({ hit, result, endpoint: endpointOf(result.request) })));
  const findings = [...groupBy(generalised(seen), cause)].flatMap(([key, group]) => toFinding(key, group));
  return findings.sort((a, b) => b.cases.length - a.cases.length || a.id.localeCompare(b.id));
}

/** Elements of an array as one variable, where a rule was seen at two of them at least. */
function generalised(seen: readonly Omit<Seen, 'variable'>[]): readonly Seen[] {
  const families = groupBy(seen, (one) => cause({ ...one, variable: familyOf(one.hit.variable) }));
  return [...families.values()].flatMap((group) => {
    const isOne = new Set(group.map(({ hit }) => formatVariable(hit.variable))).size === 1;
    return group.map((one) => ({ ...one, variable: isOne ? one.hit.variable : familyOf(one.hit.variable) }));
  });
}

function cause({ hit, endpoint, variable }: Seen): string {
  return JSON.stringify([hit.ruleId, formatVariable(variable), endpoint.method, endpoint.path]);
}

function toFinding(key: string, group: readonly Seen[]): readonly Finding[] {
  return group.slice(0, 1).map(({ hit, endpoint, variable }) => ({
    id: `${hit.ruleId}-${createHash('sha256').update(key).digest('hex').slice(0, 8)}`,
    ruleId: hit.ruleId,
    message: hit.message,
    variable,
    ...endpoint,
    cases: [...new Set(group.map((one) => one.result.id))],
  }));
}
