import type { StepProgress } from '../contract/progress.js';
import type { Bench, RuleMatch } from '../contract/prover.js';
import { actsOn, needs } from '../exclude/acts-on.js';
import { hides } from '../exclude/hides.js';
import { pathOf } from '../model/endpoint.js';
import type { RuleHit, RuleId } from '../model/evidence.js';
import type { Exclusion } from '../model/exclusion.js';
import { anyElement, type FieldPath } from '../model/field.js';
import { hasPlaceholder, type PlaceholderKind, templatePieces } from '../model/placeholders.js';
import type { CaseResult } from '../model/report.js';
import type { RequestSpec } from '../model/request.js';
import { includesField } from '../request/field-paths.js';
import { exampleOf } from '../request/other-values.js';
import { renameField } from '../request/rename-field.js';
import { evaluateAll } from './evaluate-all.js';
import { type PricedPlaces, rulesHiddenFrom } from './price.js';
import { unheard } from './step-progress.js';

/** A request on which the rules of an exclusion must fire as they did before. */
export interface Neighbour {
  readonly exclusion: Exclusion;
  readonly request: RequestSpec;
}

/** An attack in the place that an exclusion frees, where other rules are not meant to be silent. */
interface AttackInPlace {
  readonly exclusion: Exclusion;
  readonly request: RequestSpec;
  readonly fields: readonly FieldPath[];
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
  return [
    ...(scope.path === undefined ? [] : [elsewhere]),
    ...(scope.method === undefined ? [] : [otherwise]),
    ...renamed(request, exclusion),
  ];
}

function renamed(request: RequestSpec, exclusion: Exclusion): readonly RequestSpec[] {
  const field = exclusion.effect === 'remove-target' ? exclusion.field : undefined;
  if (field === undefined || (field.kind === 'json' && field.path.includes(anyElement))) return [];
  return neighbourNames(field).flatMap((name) => renameField(request, field, name) ?? []);
}

/**
 * Names beside that of a field; in JSON, beside the last member on its way. Where a template stands for several names, they
 * are one that is longer, and one with something else in the place of each generated part.
 */
function neighbourNames(field: FieldPath): readonly string[] {
  const last = field.kind === 'json' ? field.path.at(-1) : 'name' in field ? field.name : undefined;
  const name = typeof last === 'string' ? last : '';
  if (!hasPlaceholder(name)) return [`${name}_neighbour`];
  const filled = (fill: (kind: PlaceholderKind) => string) =>
    templatePieces(name)
      .map((piece) => (typeof piece === 'string' ? piece : fill(piece.kind)))
      .join('');
  return [`${filled(exampleOf)}_neighbour`, filled(() => '~')];
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
  benches: Benches,
  places: PricedPlaces,
  progress: StepProgress = unheard,
): Promise<readonly string[]> {
  const neighbours = findNeighbours(exclusions, cases);
  const attacks = attacksInPlaces(exclusions, places);
  progress.begin(neighbours.length + attacks.length);
  const askBeside = async (neighbour: Neighbour) => {
    const [was, is] = await bothAnswers(neighbour.request, benches);
    return losesRule(neighbour, exclusions, { was, is }) ? [neighbour.exclusion.id] : [];
  };
  const beside = await evaluateAll(neighbours, askBeside, progress.step);
  const askInPlace = async ({ exclusion, request, fields }: AttackInPlace) => {
    const [was, is] = await bothAnswers(request, benches);
    const here = was.filter(({ field }) => field !== undefined && fields.some((one) => includesField(one, field)));
    const acting = exclusions.filter((one) => actsOn(one, request));
    if (acting.some(isReading)) return [];
    return silenced(here, is, acting).flatMap(({ ruleId }) => suspects(ruleId, acting, was) ?? [exclusion.id]);
  };
  const inPlace = await evaluateAll(attacks, askInPlace, progress.step);
  return [...new Set([...beside, ...inPlace].flat())];
}

type Hits = readonly RuleHit[];

async function bothAnswers(request: RequestSpec, { before, after }: Benches): Promise<readonly [was: Hits, is: Hits]> {
  const [was, is] = await Promise.all([before.evaluate(request), after.evaluate(request)]);
  return [was.hits, is.hits];
}

/**
 * For each place, attacks that fire in it what it is not hidden from: the one that most rules match, and one for each rule
 * that an exclusion takes something else from in the same request.
 */
function attacksInPlaces(exclusions: readonly Exclusion[], places: PricedPlaces): readonly AttackInPlace[] {
  return exclusions.flatMap((exclusion) => {
    const here = places.get(exclusion.id);
    if (here === undefined) return [];
    const { carry, fields, request } = here.place;
    const hidden = new Set(rulesHiddenFrom(here, exclusions));
    const named = exclusions.filter((one) => actsOn(one, request)).flatMap(({ ruleIds }) => ruleIds);
    const rows = here.blocked
      .map(({ attack, hits }) => ({ attack, rules: rulesOf(hits.filter(({ ruleId }) => !hidden.has(ruleId))) }))
      .sort((a, b) => b.rules.size - a.rules.size);
    const forRules = [...new Set(named)].map((ruleId) => rows.find(({ rules }) => rules.has(ruleId)));
    const chosen = new Set([rows[0], ...forRules].flatMap((row) => row?.attack ?? []));
    return [...chosen].map(({ payload }) => ({ exclusion, request: carry(payload), fields }));
  });
}

/** Whether a rule of the exclusion is silent on its neighbour now, where nothing is meant to silence it. */
export function losesRule(
  { exclusion, request }: Neighbour,
  exclusions: readonly Exclusion[],
  { was, is }: { readonly was: Hits; readonly is: Hits },
): boolean {
  const acting = exclusions.filter((one) => actsOn(one, request));
  return !acting.some(isReading) && silenced(was, is, acting).some(({ ruleId }) => exclusion.ruleIds.includes(ruleId));
}

/** Where a body is read otherwise its places are others, so that nothing can be said of what fires in them. */
function isReading({ effect }: Exclusion): boolean {
  return effect === 'read-body-as' || effect === 'leave-body-unread';
}

/** Hits of rules that do not fire any more, and that no exclusion is meant for. */
function silenced(was: Hits, is: Hits, acting: readonly Exclusion[]): Hits {
  const firing = rulesOf(is);
  const isMeant = (hit: RuleHit) => acting.some((one) => one.ruleIds.includes(hit.ruleId) && hides(one, hit));
  return was.filter((hit) => !firing.has(hit.ruleId) && !isMeant(hit));
}

/**
 * The exclusions that may have silenced a rule beside what they say: those that take something from it that this request
 * has, or, without any, those that take anything from it.
 */
function suspects(ruleId: RuleId, acting: readonly Exclusion[], was: Hits): readonly string[] | undefined {
  const ofRule = acting.filter(({ ruleIds }) => ruleIds.includes(ruleId));
  const here = ofRule.filter((one) => was.some((hit) => hit.ruleId === ruleId && hides(one, hit)));
  return [here, ofRule].find(({ length }) => length > 0)?.map(({ id }) => id);
}

function rulesOf(hits: readonly RuleMatch[]): ReadonlySet<RuleId> {
  return new Set(hits.map(({ ruleId }) => ruleId));
}
