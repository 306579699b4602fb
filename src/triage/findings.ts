import { createHash } from 'node:crypto';
import type { Endpoint } from '../model/endpoint.js';
import { formatVariable, type RuleHit, type Variable } from '../model/evidence.js';
import type { FieldPath } from '../model/field.js';
import type { CaseResult, Finding } from '../model/report.js';
import { recogniseEndpoints } from '../request/endpoints.js';
import { fieldKey, ofAnyElement, type SeenAt } from '../request/field-paths.js';
import { groupBy } from '../util/group-by.js';

interface Seen {
  readonly hit: RuleHit;
  readonly result: CaseResult;
  readonly endpoint: Endpoint;
  /** Where it is: the name and the field of any element where several elements of an array were seen. */
  readonly at: SeenAt;
}

/**
 * The causes of all false positives: what has the same rule, variable and endpoint is one finding. Most cases first.
 * Paths that differ in ids are one endpoint, and elements of an array one variable, where several of them were seen.
 * @param generalise the name for any element of an array
 */
export function findCauses(
  results: readonly CaseResult[],
  generalise: (variable: Variable) => Variable,
): readonly Finding[] {
  const endpointOf = recogniseEndpoints(results.map(({ request }) => request));
  const seen = results
    .filter(({ verdict }) => verdict.kind === 'false-positive')
    .flatMap((result) => result.hits.map((hit) => ({ hit, result, endpoint: endpointOf(result.request) })));
  const findings = [...groupBy(generalised(seen, generalise), cause)].flatMap(([key, group]) => toFinding(key, group));
  return findings.sort((a, b) => b.cases.length - a.cases.length || a.id.localeCompare(b.id));
}

/** Elements of an array as one field, where a rule was seen at two of them at least. */
function generalised(seen: readonly Omit<Seen, 'at'>[], generalise: (variable: Variable) => Variable): readonly Seen[] {
  const places = new Map([...groupBy(seen, family)].map(([key, group]) => [key, new Set(group.map(place)).size]));
  return seen.map((one) => ({ ...one, at: places.get(family(one)) === 1 ? one.hit : anyElement(one.hit, generalise) }));
}

function family({ hit, endpoint }: Omit<Seen, 'at'>): string {
  return JSON.stringify([hit.ruleId, familyKey(hit), endpoint]);
}

function place({ hit }: Omit<Seen, 'at'>): string {
  return placeKey(hit);
}

function familyKey({ variable, field }: SeenAt): string {
  return field === undefined ? formatVariable(variable) : fieldKey(ofAnyElement(field));
}

function placeKey({ variable, field }: SeenAt): string {
  return field === undefined ? formatVariable(variable) : fieldKey(field);
}

/** Where the WAF has no name for any element, each stays by itself. */
function anyElement({ variable, field }: SeenAt, generalise: (variable: Variable) => Variable): SeenAt {
  const general = generalise(variable);
  if (field === undefined || formatVariable(general) === formatVariable(variable))
    return { variable, ...fieldPart(field) };
  return { variable: general, field: ofAnyElement(field) };
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
