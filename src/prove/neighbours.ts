import type { Bench } from '../contract/prover.js';
import { actsOn, needs } from '../exclude/acts-on.js';
import { hides } from '../exclude/hides.js';
import { pathOf } from '../model/endpoint.js';
import type { RuleHit } from '../model/evidence.js';
import type { Exclusion } from '../model/exclusion.js';
import type { FieldPath } from '../model/field.js';
import type { CaseResult } from '../model/report.js';
import type { RequestSpec } from '../model/request.js';
import { isOfAnyElement } from '../request/field-paths.js';
import { renameField } from '../request/rename-field.js';
import { evaluateAll } from './evaluate-all.js';

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
export function findNeighbours(exclusions: readonly Exclusion[], cases: readonly CaseResult[]): readonly Neighbour[] {
  return exclusions.flatMap((exclusion) => {
    const needing = cases.find((result) => needs(result, exclusion));
    if (needing === undefined) return [];
    return neighboursOf(needing.request, exclusion).map((request) => ({ exclusion, request }));
  });
}

function neighboursOf(request: RequestSpec, exclusion: Exclusion): readonly RequestSpec[] {
  const { scope } = exclusion;
  const path = pathOf(request);
  const elsewhere = { ...request, path: request.path.replace(path, () => `${path}-neighbour`) };
  const otherwise = { ...request, method: request.method === 'POST' ? 'PUT' : 'POST' };
  const field = exclusion.effect === 'remove-target' ? exclusion.field : undefined;
  const renamed = field && !isOfAnyElement(field) ? renameField(request, field, neighbourName(field)) : undefined;
  return [
    ...(scope.path === undefined ? [] : [elsewhere]),
    ...(scope.method === undefined ? [] : [otherwise]),
    ...(renamed === undefined ? [] : [renamed]),
  ];
}

/** A name beside that of a field; in JSON, beside the last member on its way. */
function neighbourName(field: FieldPath): string {
  const name = field.kind === 'json' ? field.path.at(-1) : 'name' in field ? field.name : undefined;
  return `${name ?? ''}_neighbour`;
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
): Promise<readonly string[]> {
  const answers = await evaluateAll(findNeighbours(exclusions, cases), async (neighbour) => {
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
  const lost = was.filter(({ ruleId }) => exclusion.ruleIds.includes(ruleId) && !firing.has(ruleId));
  const isMeant = (hit: RuleHit) => acting.some((one) => one.ruleIds.includes(hit.ruleId) && hides(one, hit));
  return lost.some((hit) => !isMeant(hit));
}
