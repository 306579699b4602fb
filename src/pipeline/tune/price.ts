import type { FieldNames } from '../../contract/field-names.js';
import type { ClassLoss, DetectionLoss, Exclusion } from '../../model/exclusion.js';
import type { CaseResult } from '../../model/report.js';
import { groupBy } from '../../util/group-by.js';
import { actsOn, frees } from './acts-on.js';
import type { Attack } from './attacks.js';
import { type Carrier, findCarrier } from './carrier.js';
import { evaluateAll } from './evaluate-all.js';
import { type AttackMatches, type MatchMatrix, pointsWithout } from './match-matrix.js';
import type { Bench } from './workbench.js';

/** What the exclusions let through, and what each of them costs. */
export interface Price {
  readonly exclusions: readonly Exclusion[];
  /** `class: payload`, once however many fields it passes through now. */
  readonly attacksLost: readonly string[];
}

/** A place that exclusions free, and the attacks that are blocked there as long as they do not. */
export interface Place {
  readonly carrier: Carrier;
  readonly blocked: readonly AttackMatches[];
}

/** The place that each exclusion frees, by its id; none where text cannot be put there. */
export async function findPlaces(
  exclusions: readonly Exclusion[],
  cases: readonly CaseResult[],
  matrix: MatchMatrix,
  names: FieldNames,
): Promise<ReadonlyMap<string, Place>> {
  const places = new Map<string, Place>();
  for (const exclusion of exclusions) {
    const carrier = findCarrier(exclusion, cases, names);
    if (carrier !== undefined) places.set(exclusion.id, { carrier, blocked: await matrix.blockedIn(carrier) });
  }
  return places;
}

/** The attacks that would pass in a place if it were hidden from some rules, as far as the matrix tells. */
export function inDanger({ blocked }: Place, ruleIds: readonly number[], threshold: number): readonly AttackMatches[] {
  const excluded = new Set<number | string>(ruleIds);
  return blocked.filter((row) => pointsWithout(row, excluded) < threshold);
}

/** All rules from which the place of an exclusion is hidden: exclusions of the same place act together. */
function rulesHiddenFrom({ carrier }: Place, exclusions: readonly Exclusion[]): readonly number[] {
  const here = exclusions.filter(
    (one) => actsOn(one, carrier.request) && carrier.variables.some((each) => frees(one, each)),
  );
  return [...new Set(here.flatMap(({ ruleIds }) => ruleIds))].sort((a, b) => a - b);
}

/**
 * What was blocked in the place that an exclusion frees, and passes there now. The matrix tells which attacks are left
 * without enough points; they are then sent through such a place under the exclusions, so that a loss is never a guess.
 * Places of one kind that are hidden from the same rules are asked once.
 */
export async function price(
  exclusions: readonly Exclusion[],
  places: ReadonlyMap<string, Place>,
  after: Bench,
): Promise<Price> {
  const confirmed = new Map<string, Promise<readonly Attack[]>>();
  const lost = new Set<string>();
  const priced: Exclusion[] = [];
  for (const exclusion of exclusions) {
    const place = places.get(exclusion.id);
    if (place === undefined) {
      priced.push(exclusion);
      continue;
    }
    const ruleIds = rulesHiddenFrom(place, exclusions);
    const key = JSON.stringify([place.carrier.kind, ruleIds]);
    const asked = confirmed.get(key) ?? passing(inDanger(place, ruleIds, after.threshold), place.carrier, after);
    confirmed.set(key, asked);
    const attacks = await asked;
    for (const { className, payload } of attacks) lost.add(`${className}: ${payload}`);
    priced.push({ ...exclusion, detectionLoss: lossOf(attacks, place) });
  }
  return { exclusions: priced, attacksLost: [...lost].sort() };
}

async function passing(rows: readonly AttackMatches[], carrier: Carrier, after: Bench): Promise<readonly Attack[]> {
  const answers = await evaluateAll(rows, async ({ attack }) => ({
    attack,
    action: (await after.evaluate(carrier.carry(attack.payload))).action,
  }));
  return answers.filter(({ action }) => action === 'passed').map(({ attack }) => attack);
}

function lossOf(lost: readonly Attack[], { blocked }: Place): DetectionLoss {
  const before = groupBy(blocked, ({ attack }) => attack.className);
  const classes = [...groupBy(lost, ({ className }) => className)].map(
    ([className, attacks]): ClassLoss => ({
      className,
      lost: attacks.length,
      blockedBefore: before.get(className)?.length ?? attacks.length,
      example: shortest(attacks),
    }),
  );
  const largestFirst = classes.sort((a, b) => b.lost - a.lost || (a.className < b.className ? -1 : 1));
  return { lost: lost.length, blockedBefore: blocked.length, ...(lost.length > 0 && { classes: largestFirst }) };
}

/** The shortest payload is the one that a reader takes in. */
function shortest(attacks: readonly Attack[]): string {
  const sorted = attacks.map(({ payload }) => payload).sort((a, b) => a.length - b.length || (a < b ? -1 : 1));
  return sorted[0] ?? '';
}
