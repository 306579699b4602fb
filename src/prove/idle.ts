import type { Bench, ExclusionForRule, SwitchBench } from '../contract/prover.js';
import { actsOn } from '../exclude/acts-on.js';
import type { RuleId } from '../model/evidence.js';
import type { Exclusion } from '../model/exclusion.js';
import type { CaseResult } from '../model/report.js';
import { groupBy } from '../util/group-by.js';
import { evaluateAll } from './evaluate-all.js';

/** Whom to ask what a request comes to when a part of the exclusions is left out. */
export interface LeavingOut {
  isSwitchable(part: ExclusionForRule): boolean;
  /** One engine for all parts that can be left out of a single request. */
  withSwitch<T>(parts: readonly ExclusionForRule[], use: (bench: SwitchBench) => Promise<T>): Promise<T>;
  with<T>(exclusions: readonly Exclusion[], use: (bench: Bench) => Promise<T>): Promise<T>;
}

/**
 * Leaves each exclusion out in turn, for each of its rules, and sends the cases at its endpoint again.
 * @returns what brings no hit back when it is left out: it has no effect, or does what another one does already
 */
async function findIdle(
  exclusions: readonly Exclusion[],
  cases: readonly CaseResult[],
  leaving: LeavingOut,
): Promise<readonly ExclusionForRule[]> {
  const parts = exclusions.flatMap((exclusion) => exclusion.ruleIds.map((ruleId) => ({ exclusion, ruleId })));
  const switchable = parts.filter((part) => leaving.isSwitchable(part));
  const idle = await leaving.withSwitch(parts, (bench) =>
    evaluateAll(switchable, async (part) =>
      (await bringsBack(part, cases, (request) => bench.evaluateWithout(part, request))) ? [] : [part],
    ),
  );
  const fixed = parts.filter((part) => !leaving.isSwitchable(part));
  return [...idle.flat(), ...(await findIdleFixed(fixed, exclusions, cases, leaving))];
}

/** Parts that change the rules as they are loaded: each takes an engine of its own. */
async function findIdleFixed(
  parts: readonly ExclusionForRule[],
  exclusions: readonly Exclusion[],
  cases: readonly CaseResult[],
  leaving: LeavingOut,
): Promise<readonly ExclusionForRule[]> {
  const idle: ExclusionForRule[] = [];
  for (const part of parts) {
    const isNeeded = await leaving.with(without(exclusions, [part]), (bench) =>
      bringsBack(part, cases, (request) => bench.evaluate(request)),
    );
    if (!isNeeded) idle.push(part);
  }
  return idle;
}

/** The exclusions without some of their rules. */
function without(exclusions: readonly Exclusion[], parts: readonly ExclusionForRule[]): readonly Exclusion[] {
  const left = new Set(parts.map(keyOf));
  return exclusions.flatMap((exclusion) => {
    const ruleIds = exclusion.ruleIds.filter((ruleId) => !left.has(keyOf({ exclusion, ruleId })));
    return ruleIds.length === 0 ? [] : [{ ...exclusion, ruleIds }];
  });
}

function keyOf({ exclusion, ruleId }: ExclusionForRule): string {
  return JSON.stringify([exclusion.id, ruleId]);
}

/** Whether the rule fires on one of the cases when a part is left out: cases have none of its hits while it is in force. */
async function bringsBack(
  { exclusion, ruleId }: ExclusionForRule,
  cases: readonly CaseResult[],
  ask: Bench['evaluate'],
): Promise<boolean> {
  const likely = cases
    .filter(({ request }) => actsOn(exclusion, request))
    .sort((a, b) => Number(fires(b, ruleId)) - Number(fires(a, ruleId)));
  for (const { request } of likely) if (fires(await ask(request), ruleId)) return true;
  return false;
}

function fires({ hits }: Pick<CaseResult, 'hits'>, rule: RuleId): boolean {
  return hits.some(({ ruleId }) => ruleId === rule);
}

/** How often what is left is asked again: each round takes at most one rule from each group of exclusions that act together. */
const rounds = 8;

/** Exclusions, and which of them still do nothing. */
export interface Needed {
  readonly exclusions: readonly Exclusion[];
  readonly idle: readonly ExclusionForRule[];
}

/**
 * The exclusions without what does nothing: of several variables that were taken from a rule together, some may be
 * enough. Two that can stand in for one another are not dropped both.
 */
export async function dropIdle(
  exclusions: readonly Exclusion[],
  cases: readonly CaseResult[],
  leaving: LeavingOut,
): Promise<Needed> {
  let kept = exclusions;
  let idle = await findIdle(kept, cases, leaving);
  for (let round = 0; round < rounds && idle.length > 0; round++) {
    kept = without(kept, droppable(idle));
    idle = await findIdle(kept, cases, leaving);
  }
  return { exclusions: kept, idle };
}

/**
 * Of the parts for one rule that do nothing, those that cannot stand in for one another: one that is for every request,
 * else one at each endpoint.
 */
function droppable(idle: readonly ExclusionForRule[]): readonly ExclusionForRule[] {
  return [...groupBy(idle, ({ ruleId }) => ruleId).values()].flatMap((parts) => {
    const wide = parts.find(({ exclusion }) => exclusion.scope.path === undefined);
    if (wide !== undefined) return [wide];
    return [...new Map(parts.toReversed().map((part) => [JSON.stringify(part.exclusion.scope), part])).values()];
  });
}
