import { createHash } from 'node:crypto';
import type { Endpoint } from '../model/endpoint.js';
import { formatVariable, type RuleHit, type Variable } from '../model/evidence.js';
import type { FieldPath } from '../model/field.js';
import type { CaseResult, Finding } from '../model/report.js';
import { recogniseEndpoints } from '../request/endpoints.js';
import { generaliseField, type SeenAt } from '../request/field-paths.js';
import { recogniseNames } from '../request/recognise-names.js';
import { groupBy } from '../util/group-by.js';

interface Seen {
  readonly hit: RuleHit;
  readonly result: CaseResult;
  readonly endpoint: Endpoint;
  /** Where it is: the name and the field of all that differ in an index or a generated part. */
  readonly at: SeenAt;
}

/** The name of a WAF for all variables that differ in the index of an element or in a generated part. */
type Generalise = (variable: Variable, templateOf: (name: string) => string) => Variable;

/**
 * The causes of all false positives: what has the same rule, variable and endpoint is one finding. Most cases first.
 * Paths that differ in ids are one endpoint. Elements of an array are one variable, and so are names that differ in a
 * generated part.
 */
export function findCauses(results: readonly CaseResult[], generalise: Generalise): readonly Finding[] {
  const endpointOf = recogniseEndpoints(results.map(({ request }) => request));
  const blocked = results.filter(({ verdict }) => verdict.kind === 'false-positive');
  const recognise = recogniseNames(blocked.map(({ request }) => request));
  const general = ({ variable, field }: SeenAt): SeenAt => {
    const templateOf = (name: string) => recognise(name).template;
    const named = generalise(variable, templateOf);
    // Where the WAF has no name for all of them, each stays by itself.
    if (formatVariable(named) === formatVariable(variable)) return { variable, ...fieldPart(field) };
    return { variable: named, ...fieldPart(field && generaliseField(field, templateOf)) };
  };
  const seen = blocked.flatMap((result) =>
    result.hits.map((hit): Seen => ({ hit, result, endpoint: endpointOf(result.request), at: general(hit) })),
  );
  const findings = [...groupBy(seen, cause)].flatMap(([key, group]) => toFinding(key, group));
  return findings.sort((a, b) => b.cases.length - a.cases.length || a.id.localeCompare(b.id));
}

function fieldPart(field: FieldPath | undefined): Pick<SeenAt, 'field'> {
  return field === undefined ? {} : { field };
}

function cause({ hit, endpoint, at: { variable } }: Seen): string {
  return JSON.stringify([hit.ruleId, formatVariable(variable), endpoint.method, endpoint.path]);
}

function toFinding(key: string, group: readonly Seen[]): readonly Finding[] {
  return group.slice(0, 1).map(({ hit, endpoint, at: { variable, field } }) => ({
    id: `${hit.ruleId}-${createHash('sha256').update(key).digest('hex').slice(0, 8)}`,
    ruleId: hit.ruleId,
    message: hit.message,
    variable,
    ...fieldPart(field),
    ...reasonsOf(group),
    ...endpoint,
    cases: [...new Set(group.map((one) => one.result.id))],
  }));
}

function reasonsOf(group: readonly Seen[]): Pick<Finding, 'reasons'> {
  const reasons = [...new Set(group.flatMap(({ hit }) => hit.reason ?? []))];
  return reasons.length === 0 ? {} : { reasons };
}
