import { createHash } from 'node:crypto';
import type { Endpoint } from '../model/endpoint.js';
import { formatVariable, hitsToBlame, type RuleHit, type Variable } from '../model/evidence.js';
import type { FieldPath } from '../model/field.js';
import type { CaseResult, Finding } from '../model/report.js';
import { type EndpointOf, recogniseEndpoints } from '../request/endpoints.js';
import { generaliseField, type SeenAt } from '../request/field-paths.js';
import { idsIn, namesIn, recogniserOfNames } from '../request/recognise-names.js';
import { groupBy } from '../util/group-by.js';

/** What findings need of a hit: little enough to be kept of any number of cases. */
type SeenHit = Pick<RuleHit, 'ruleId' | 'message' | 'variable' | 'field' | 'reason'>;

interface Seen {
  readonly hit: SeenHit;
  /** The case. */
  readonly id: string;
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
 * @param results read once, and not kept
 */
export function findCauses(results: Iterable<CaseResult>, generalise: Generalise): readonly Finding[] {
  const { requests, endpoints, names, ids, blocked } = readBlocked(results);
  const endpointOf = endpointsOnce(recogniseEndpoints(requests, [...endpoints]));
  const recognise = recogniserOfNames(names, ids);
  const general = ({ variable, field }: SeenAt): SeenAt => {
    const templateOf = (name: string) => recognise(name).template;
    const named = generalise(variable, templateOf);
    // Where the WAF has no name for all of them, each stays by itself.
    if (formatVariable(named) === formatVariable(variable)) return { variable, ...fieldPart(field) };
    return { variable: named, ...fieldPart(field && generaliseField(field, templateOf)) };
  };
  const seen = blocked.flatMap(({ id, request, hits }) => {
    const endpoint = endpointOf(request);
    return hits.map((hit): Seen => ({ hit, id, endpoint, at: general(hit) }));
  });
  const findings = [...groupBy(seen, cause)].flatMap(([key, group]) => toFinding(key, group));
  return findings.sort((a, b) => b.cases.length - a.cases.length || a.id.localeCompare(b.id));
}

type Asked = Pick<CaseResult['request'], 'method' | 'path'>;

/** The distinct requests and names by which endpoints and names are told, and what findings need of the false positives. */
function readBlocked(results: Iterable<CaseResult>) {
  const requests = new Map<string, Asked>();
  const hits = new Map<string, SeenHit>();
  const names = new Set<string>();
  const ids = new Set<string>();
  const endpoints = new Set<string>();
  const blocked: { readonly id: string; readonly request: Asked; readonly hits: readonly SeenHit[] }[] = [];
  for (const result of results) {
    const request = onceIn(requests, keyOfRequest(result.request), () => askedBy(result.request));
    if (result.endpoint !== undefined) endpoints.add(result.endpoint);
    if (result.verdict.kind !== 'false-positive') continue;
    for (const name of namesIn(result.request)) names.add(name);
    for (const id of idsIn(result.request)) ids.add(id);
    const seen = hitsToBlame(result.hits).map((hit) => onceIn(hits, keyOfHit(hit), () => withoutMatch(hit)));
    blocked.push({ id: result.id, request, hits: seen });
  }
  return { requests: [...requests.values()], endpoints, names, ids, blocked };
}

function askedBy({ method, path }: Asked): Asked {
  return { method, path };
}

function keyOfRequest({ method, path }: Asked): string {
  return `${method} ${path}`;
}

function keyOfHit({ ruleId, message, variable, field, reason }: SeenHit): string {
  return JSON.stringify([ruleId, message, variable, field, reason]);
}

function withoutMatch({ ruleId, message, variable, field, reason }: SeenHit): SeenHit {
  return { ruleId, message, variable, ...fieldPart(field), ...(reason !== undefined && { reason }) };
}

/** One value for all that have the same key. */
function onceIn<T>(known: Map<string, T>, key: string, make: () => T): T {
  const found = known.get(key) ?? make();
  known.set(key, found);
  return found;
}

/** Each request that is the same object is looked at once. */
function endpointsOnce(endpointOf: EndpointOf): EndpointOf {
  const known = new Map<object, Endpoint>();
  return (request) => {
    const endpoint = known.get(request) ?? endpointOf(request);
    known.set(request, endpoint);
    return endpoint;
  };
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
    cases: [...new Set(group.map((one) => one.id))],
  }));
}

function reasonsOf(group: readonly Seen[]): Pick<Finding, 'reasons'> {
  const reasons = [...new Set(group.flatMap(({ hit }) => hit.reason ?? []))];
  return reasons.length === 0 ? {} : { reasons };
}
