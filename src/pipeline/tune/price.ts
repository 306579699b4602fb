import { formatVariable } from '../../model/evidence.js';
import type { Exclusion } from '../../model/exclusion.js';
import type { CaseResult } from '../../model/report.js';
import { mapConcurrently } from '../../util/concurrency.js';
import { groupBy } from '../../util/group-by.js';
import type { Attack } from './attacks.js';
import { type Carrier, findCarrier } from './carrier.js';
import { type AttackMatches, MatchMatrix, pointsWithout } from './match-matrix.js';
import type { Bench } from './workbench.js';

const atOnce = 64;

/** What the exclusions let through, and what each of them costs. */
export interface Price {
  readonly exclusions: readonly Exclusion[];
  /** `class: payload`, once however many fields it passes through now. */
  readonly attacksLost: readonly string[];
}

interface Benches {
  readonly before: Bench;
  readonly after: Bench;
}

/**
 * What was blocked in the place that an exclusion frees, and passes there now. What an attack fires is asked once for
 * each kind of place; an attack that is left without enough points is then sent through the very place, so that a loss
 * is never a guess. Exclusions that free the same place are priced together, since they act together.
 */
export async function price(
  exclusions: readonly Exclusion[],
  attacks: readonly Attack[],
  cases: readonly CaseResult[],
  { before, after }: Benches,
): Promise<Price> {
  const matrix = new MatchMatrix(attacks, before);
  const lost = new Set<string>();
  const priced: Exclusion[] = [];
  for (const group of groupBy(exclusions, placeOf).values()) {
    const outcome = await priceAt(group, matrix, cases, after);
    for (const { className, payload } of outcome?.lost ?? []) lost.add(`${className}: ${payload}`);
    const detectionLoss = outcome && { lost: outcome.lost.length, blockedBefore: outcome.blockedBefore };
    priced.push(...group.map((exclusion) => ({ ...exclusion, ...(detectionLoss && { detectionLoss }) })));
  }
  return { exclusions: priced.sort((a, b) => (a.id < b.id ? -1 : 1)), attacksLost: [...lost].sort() };
}

function placeOf({ variable, scope, id }: Exclusion): string {
  return variable === undefined ? id : JSON.stringify([formatVariable(variable), scope]);
}

async function priceAt(group: readonly Exclusion[], matrix: MatchMatrix, cases: readonly CaseResult[], after: Bench) {
  const [first] = group;
  const carrier = first && findCarrier(first, cases);
  if (carrier === undefined) return undefined;
  const excluded = new Set(group.flatMap(({ ruleIds }) => ruleIds));
  const blocked = await matrix.blockedIn(carrier);
  const inDanger = blocked.filter((row) => pointsWithout(row, excluded) < after.threshold);
  return { lost: await confirmed(inDanger, carrier, after), blockedBefore: blocked.length };
}

async function confirmed(rows: readonly AttackMatches[], carrier: Carrier, after: Bench): Promise<readonly Attack[]> {
  const lost: Attack[] = [];
  const ask = async ({ attack }: AttackMatches) => {
    if ((await after.evaluate(carrier.carry(attack.payload))).action === 'passed') lost.push(attack);
  };
  for await (const _asked of mapConcurrently(rows, atOnce, ask));
  return lost;
}
