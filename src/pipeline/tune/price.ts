import { formatVariable } from '../../model/evidence.js';
import type { Exclusion } from '../../model/exclusion.js';
import type { CaseResult } from '../../model/report.js';
import type { RequestSpec } from '../../model/request.js';
import { mapConcurrently } from '../../util/concurrency.js';
import { groupBy } from '../../util/group-by.js';
import { withValue } from '../../waf/modsecurity/edit-request.js';
import type { Attack } from './attacks.js';
import type { Bench } from './workbench.js';

const atOnce = 64;

/** What the exclusions let through, and what each of them costs. */
export interface Price {
  readonly exclusions: readonly Exclusion[];
  /** `class: payload`, once however many fields it passes through now. */
  readonly attacksLost: readonly string[];
}

/**
 * Sends each attack through the place that an exclusion frees, in the request of a case that needed it: what was blocked
 * before and is not now is the price. An attack that fires none of the excluded rules there cannot be lost, so only
 * the others are asked for a second time.
 */
export async function price(
  exclusions: readonly Exclusion[],
  attacks: readonly Attack[],
  cases: readonly CaseResult[],
  { before, after }: { readonly before: Bench; readonly after: Bench },
): Promise<Price> {
  const lost = new Set<string>();
  const priced: Exclusion[] = [];
  for (const group of groupBy(exclusions, placeOf).values()) {
    const carrier = findCarrier(group, cases);
    for (const exclusion of group) {
      if (carrier === undefined) priced.push(exclusion);
    }
    if (carrier === undefined) continue;
    const outcome = await priceAt(carrier, group, attacks, { before, after });
    for (const one of outcome.lost) lost.add(`${one.className}: ${one.payload}`);
    const detectionLoss = { lost: outcome.lost.length, blockedBefore: outcome.blockedBefore };
    priced.push(...group.map((exclusion) => ({ ...exclusion, detectionLoss })));
  }
  return { exclusions: priced.sort((a, b) => (a.id < b.id ? -1 : 1)), attacksLost: [...lost].sort() };
}

/** Exclusions that free the same place are priced together: they act together. */
function placeOf({ variable, scope, id }: Exclusion): string {
  return variable === undefined ? id : JSON.stringify([formatVariable(variable), scope]);
}

type Carrier = (payload: string) => RequestSpec | undefined;

/** A request of a case that needed the exclusions, with a place for the attack. */
function findCarrier([exclusion]: readonly Exclusion[], cases: readonly CaseResult[]): Carrier | undefined {
  if (exclusion === undefined) return undefined;
  for (const { request, hits } of cases) {
    const inScope = exclusion.scope.path === undefined || isAt(request, exclusion.scope);
    const freed = exclusion.variable ?? hits.find(({ ruleId }) => exclusion.ruleIds.includes(Number(ruleId)))?.variable;
    if (inScope && freed !== undefined && withValue(request, freed, '') !== undefined) {
      return (payload) => withValue(request, freed, payload);
    }
  }
  return undefined;
}

function isAt({ method, path }: RequestSpec, scope: Exclusion['scope']): boolean {
  return method === scope.method && path.replace(/\?.*$/s, '') === scope.path;
}

async function priceAt(
  carrier: Carrier,
  group: readonly Exclusion[],
  attacks: readonly Attack[],
  { before, after }: { readonly before: Bench; readonly after: Bench },
) {
  const excluded = new Set(group.flatMap(({ ruleIds }) => ruleIds));
  const lost: Attack[] = [];
  let blockedBefore = 0;
  const ask = async (attack: Attack) => {
    const request = carrier(attack.payload);
    if (request === undefined) return;
    const was = await before.evaluate(request);
    if (was.action === 'passed') return;
    blockedBefore += 1;
    if (!was.hits.some(({ ruleId }) => excluded.has(Number(ruleId)))) return;
    if ((await after.evaluate(request)).action === 'passed') lost.push(attack);
  };
  for await (const _done of mapConcurrently(attacks, atOnce, ask));
  return { lost, blockedBefore };
}
