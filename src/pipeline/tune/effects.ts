import type { Exclusion } from '../../model/exclusion.js';
import type { CaseResult } from '../../model/report.js';
import type { RequestSpec } from '../../model/request.js';
import { groupBy } from '../../util/group-by.js';
import {
  isSwitchable,
  switchableRules,
  type TrialUnit,
  trialRules,
  unitName,
  withoutHeader,
} from '../../waf/modsecurity/dialects/trial.js';
import { actsOn } from './acts-on.js';
import { evaluateAll } from './evaluate-all.js';
import type { Bench } from './workbench.js';
import type { Workshop } from './workshop.js';

/**
 * Leaves each exclusion out in turn, for each of its rules, and sends the cases at its endpoint again.
 * @returns what brings no hit back when it is left out: it has no effect, or does what another one does already
 */
async function findIdle(
  exclusions: readonly Exclusion[],
  cases: readonly CaseResult[],
  workshop: Workshop,
): Promise<readonly TrialUnit[]> {
  const units = exclusions.flatMap((exclusion) => exclusion.ruleIds.map((ruleId) => ({ exclusion, ruleId })));
  const switchable = units.filter(isSwitchable);
  const idle = await workshop.with(switchableRules(units, workshop.firstId), (bench) =>
    evaluateAll(switchable, async (unit) => ((await bringsBack(unit, cases, bench)) ? [] : [unit])),
  );
  const fixed = units.filter((unit) => !isSwitchable(unit));
  const alone: TrialUnit[] = [];
  for (const unit of fixed) {
    const rules = trialRules(without(exclusions, [unit]), workshop.firstId);
    if (!(await workshop.with(rules, (bench) => bringsBack(unit, cases, bench)))) alone.push(unit);
  }
  return [...idle.flat(), ...alone];
}

/** The exclusions without some of their rules. */
function without(exclusions: readonly Exclusion[], units: readonly TrialUnit[]): readonly Exclusion[] {
  const names = new Set(units.map(unitName));
  return exclusions.flatMap((exclusion) => {
    const ruleIds = exclusion.ruleIds.filter((ruleId) => !names.has(unitName({ exclusion, ruleId })));
    return ruleIds.length === 0 ? [] : [{ ...exclusion, ruleIds }];
  });
}

/** Whether the rule fires on one of the cases when the unit is left out: cases have none of its hits while it is in force. */
async function bringsBack(
  { exclusion, ruleId }: TrialUnit,
  cases: readonly CaseResult[],
  bench: Bench,
): Promise<boolean> {
  const name = unitName({ exclusion, ruleId });
  const likely = cases
    .filter(({ request }) => actsOn(exclusion, request))
    .sort((a, b) => firing(b, ruleId) - firing(a, ruleId));
  for (const { request } of likely) {
    const { hits } = await bench.evaluate(withHeader(request, name));
    if (hits.some((hit) => hit.ruleId === ruleId)) return true;
  }
  return false;
}

function firing({ hits }: CaseResult, rule: number): number {
  return Number(hits.some(({ ruleId }) => ruleId === rule));
}

function withHeader(request: RequestSpec, name: string): RequestSpec {
  return { ...request, headers: [...request.headers, [withoutHeader, name]] };
}

/** How often what is left is asked again: each round takes at most one rule from each group of exclusions that act together. */
const rounds = 8;

/** Exclusions, and which of them still do nothing. */
export interface Needed {
  readonly exclusions: readonly Exclusion[];
  readonly idle: readonly TrialUnit[];
}

/**
 * The exclusions without what does nothing: of several variables that were taken from a rule together, some may be
 * enough. Two that can stand in for one another are not dropped both.
 */
export async function dropIdle(
  exclusions: readonly Exclusion[],
  cases: readonly CaseResult[],
  workshop: Workshop,
): Promise<Needed> {
  let kept = exclusions;
  let idle = await findIdle(kept, cases, workshop);
  for (let round = 0; round < rounds && idle.length > 0; round++) {
    kept = without(kept, droppable(idle));
    idle = await findIdle(kept, cases, workshop);
  }
  return { exclusions: kept, idle };
}

/**
 * Of the units of one rule that do nothing, those that cannot stand in for one another: one that is for every request,
 * else one at each endpoint.
 */
function droppable(idle: readonly TrialUnit[]): readonly TrialUnit[] {
  return [...groupBy(idle, ({ ruleId }) => ruleId).values()].flatMap((units) => {
    const wide = units.find(({ exclusion }) => exclusion.scope.path === undefined);
    if (wide !== undefined) return [wide];
    return [...new Map(units.toReversed().map((unit) => [JSON.stringify(unit.exclusion.scope), unit])).values()];
  });
}
