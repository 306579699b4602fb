import type { FieldNames } from '../../contract/field-names.js';
import { pathOf } from '../../model/endpoint.js';
import type { RuleHit } from '../../model/evidence.js';
import type { Exclusion } from '../../model/exclusion.js';
import type { FieldPath } from '../../model/field.js';
import type { CaseResult } from '../../model/report.js';
import type { RequestSpec } from '../../model/request.js';
import { renameField } from '../../request/rename-field.js';
import { actsOn, frees } from './acts-on.js';
import { evaluateAll } from './evaluate-all.js';
import type { Bench } from './workbench.js';

/** A request on which the rules of an exclusion must fire as they did before. */
export interface Neighbour {
  readonly exclusion: Exclusion;
  readonly request: RequestSpec;
}

/** An engine without the exclusions, and one with them. */
export interface Benches {
  readonly before: Bench;
  readonly after: Bench;
}

/**
 * The payload that needed each exclusion, in a neighbouring path, method and field. What is wide on purpose is tried
 * where it is not meant to act.
 */
export function findNeighbours(
  exclusions: readonly Exclusion[],
  cases: readonly CaseResult[],
  names: FieldNames,
): readonly Neighbour[] {
  return exclusions.flatMap((exclusion) => {
    const needing = cases.find((result) => needs(result, exclusion));
    if (needing === undefined) return [];
    return neighboursOf(needing.request, exclusion, names).map((request) => ({ exclusion, request }));
  });
}

/** Whether a case has a hit that an exclusion was made for. */
export function needs({ request, hits }: CaseResult, exclusion: Exclusion): boolean {
  const meant = hits.filter(({ ruleId }) => exclusion.ruleIds.includes(Number(ruleId)));
  return actsOn(exclusion, request) && meant.some(({ variable }) => frees(exclusion, variable));
}

function neighboursOf(request: RequestSpec, exclusion: Exclusion, names: FieldNames): readonly RequestSpec[] {
  const { scope } = exclusion;
  const path = pathOf(request);
  const elsewhere = { ...request, path: request.path.replace(path, `${path}-neighbour`) };
  const otherwise = { ...request, method: request.method === 'POST' ? 'PUT' : 'POST' };
  const renamed = inOtherField(request, exclusion, names);
  return [
    ...(scope.path === undefined ? [] : [elsewhere]),
    ...(scope.method === undefined ? [] : [otherwise]),
    ...(renamed === undefined ? [] : [renamed]),
  ];
}

/** Not for all elements of an array, which have neighbours that they share. */
function inOtherField(
  request: RequestSpec,
  { variable, elements }: Exclusion,
  { fieldsIn }: FieldNames,
): RequestSpec | undefined {
  const field = variable === undefined || elements !== undefined ? undefined : fieldsIn(request)(variable);
  return field && renameField(request, field, `${lastName(field)}_neighbour`);
}

function lastName(field: FieldPath): string {
  if (field.kind === 'json') return `${field.path.at(-1) ?? ''}`;
  return 'name' in field ? (field.name ?? '') : '';
}

/**
 * Finds exclusions that take away more than they say: a rule that fired on a neighbour does not any more, though no
 * exclusion is meant for it.
 * @param exclusions all that are in force
 * @returns ids of exclusions
 */
export async function findTooBroad(
  exclusions: readonly Exclusion[],
  cases: readonly CaseResult[],
  { before, after }: Benches,
  names: FieldNames,
): Promise<readonly string[]> {
  const answers = await evaluateAll(findNeighbours(exclusions, cases, names), async (neighbour) => {
    const [was, is] = await Promise.all([before.evaluate(neighbour.request), after.evaluate(neighbour.request)]);
    return { id: neighbour.exclusion.id, lost: losesRule(neighbour, exclusions, { was: was.hits, is: is.hits }) };
  });
  return [...new Set(answers.filter(({ lost }) => lost).map(({ id }) => id))];
}

/** Whether a rule of the exclusion is silent on its neighbour now, where nothing is meant to silence it. */
export function losesRule(
  { exclusion, request }: Neighbour,
  exclusions: readonly Exclusion[],
  { was, is }: { readonly was: readonly RuleHit[]; readonly is: readonly RuleHit[] },
): boolean {
  const acting = exclusions.filter((one) => actsOn(one, request));
  const firing = new Set(is.map(({ ruleId }) => ruleId));
  const lost = was.filter(({ ruleId }) => exclusion.ruleIds.includes(Number(ruleId)) && !firing.has(ruleId));
  const isMeant = ({ ruleId, variable }: RuleHit) =>
    acting.some((one) => one.ruleIds.includes(Number(ruleId)) && frees(one, variable));
  return lost.some((hit) => !isMeant(hit));
}
