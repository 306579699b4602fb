import type { Bench } from '../contract/prover.js';
import { actsOn, needs } from '../exclude/acts-on.js';
import { hides } from '../exclude/hides.js';
import { pathOf } from '../model/endpoint.js';
import type { RuleHit, RuleId } from '../model/evidence.js';
import type { Exclusion } from '../model/exclusion.js';
import type { FieldPath } from '../model/field.js';
import type { CaseResult } from '../model/report.js';
import type { RequestSpec } from '../model/request.js';
import { isOfAnyElement } from '../request/field-paths.js';
import { renameField } from '../request/rename-field.js';
import { evaluateAll } from './evaluate-all.js';
import { type PricedPlaces, rulesHiddenFrom } from './price.js';

/** A request on which the rules of an exclusion must fire as they did before. */
export interface Neighbour {
  readonly exclusion: Exclusion;
  readonly request: RequestSpec;
}

/** An attack in the place that an exclusion frees, and the rules that are not meant to be silent there. */
interface NeighbouringRules {
  readonly exclusion: Exclusion;
  readonly request: RequestSpec;
  readonly hits: readonly RuleHit[];
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
 * Finds exclusions that take away more than they say: a rule that fired on a neighbour does not any more, or another rule
 * is silent in the very place that is freed, though no exclusion is meant for it.
 * @param exclusions all that are in force
 * @param places what attacks fire in the places that they free
 * @returns ids of exclusions
 */
export async function findTooBroad(
  exclusions: readonly Exclusion[],
  cases: readonly CaseResult[],
  { before, after }: Benches,
  places: PricedPlaces,
): Promise<readonly string[]> {
  const answers = await evaluateAll(findNeighbours(exclusions, cases), async (neighbour) => {
    const [was, is] = await Promise.all([before.evaluate(neighbour.request), after.evaluate(neighbour.request)]);
    return { id: neighbour.exclusion.id, lost: losesRule(neighbour, exclusions, { was: was.hits, is: is.hits }) };
  });
  const inPlace = await evaluateAll(neighbouringRules(exclusions, places), async ({ exclusion, request, hits }) => {
    const [was, is] = await Promise.all([before.evaluate(request), after.evaluate(request)]);
    const [fired, firing] = [rulesOf(was.hits), rulesOf(is.hits)];
    return { id: exclusion.id, lost: hits.some(({ ruleId }) => fired.has(ruleId) && !firing.has(ruleId)) };
  });
  return [...new Set([...answers, ...inPlace].filter(({ lost }) => lost).map(({ id }) => id))];
}

/** For each place, the attack that most rules match from which it is not hidden. */
function neighbouringRules(exclusions: readonly Exclusion[], places: PricedPlaces): readonly NeighbouringRules[] {
  return exclusions.flatMap((exclusion) => {
    const here = places.get(exclusion.id);
    if (here === undefined) return [];
    const hidden = new Set(rulesHiddenFrom(here, exclusions));
    const acting = exclusions.filter((one) => actsOn(one, here.place.request));
    const rows = here.blocked.map(({ attack, hits }) => ({
      attack,
      hits: hits.filter((hit) => !hidden.has(hit.ruleId) && !isMeant(acting, hit)),
    }));
    const [most] = rows.toSorted((a, b) => b.hits.length - a.hits.length);
    return most === undefined ? [] : [{ exclusion, request: here.place.carry(most.attack.payload), hits: most.hits }];
  });
}

/** Whether a rule of the exclusion is silent on its neighbour now, where nothing is meant to silence it. */
export function losesRule(
  { exclusion, request }: Neighbour,
  exclusions: readonly Exclusion[],
  { was, is }: { readonly was: readonly RuleHit[]; readonly is: readonly RuleHit[] },
): boolean {
  const acting = exclusions.filter((one) => actsOn(one, request));
  const firing = rulesOf(is);
  const lost = was.filter(({ ruleId }) => exclusion.ruleIds.includes(ruleId) && !firing.has(ruleId));
  return lost.some((hit) => !isMeant(acting, hit));
}

/** Whether an exclusion says that the rule is to be silent about that, wherever it is in the request. */
function isMeant(acting: readonly Exclusion[], hit: RuleHit): boolean {
  return acting.some((one) => one.ruleIds.includes(hit.ruleId) && hides(one, hit));
}

function rulesOf(hits: readonly RuleHit[]): ReadonlySet<RuleId> {
  return new Set(hits.map(({ ruleId }) => ruleId));
}
