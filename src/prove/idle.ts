import type { StepProgress } from '../contract/progress.js';
import type { ExclusionForRule } from '../contract/prover.js';
import { actsOn } from '../exclude/acts-on.js';
import { isGuard, withoutIdleGuards } from '../exclude/guards.js';
import { reaching } from '../exclude/reaching.js';
import type { RuleId } from '../model/evidence.js';
import type { Exclusion } from '../model/exclusion.js';
import type { CaseResult } from '../model/report.js';
import { groupBy } from '../util/group-by.js';
import { using } from '../util/using.js';
import type { OpenBench } from './ask-for.js';
import { evaluateAll } from './evaluate-all.js';
import { unheard } from './step-progress.js';

/** What fires on the cases that exclusions are for, asked once for each set of exclusions that acts on a case. */
class CaseTrials {
  readonly #cases: readonly CaseResult[];
  readonly #open: OpenBench;
  readonly #at = new Map<string, readonly CaseResult[]>();
  readonly #firing = new Map<string, Promise<ReadonlySet<RuleId>>>();

  constructor(cases: readonly CaseResult[], open: OpenBench) {
    this.#cases = cases;
    this.#open = open;
  }

  /** The cases that an exclusion acts on. */
  casesOf({ scope }: Exclusion): readonly CaseResult[] {
    const key = JSON.stringify([scope.method, scope.path]);
    const known = this.#at.get(key) ?? this.#cases.filter(({ request }) => actsOn({ scope }, request));
    this.#at.set(key, known);
    return known;
  }

  firing({ id, request }: CaseResult, acting: readonly Exclusion[]): Promise<ReadonlySet<RuleId>> {
    const key = JSON.stringify([id, acting.map((one) => [one.id, one.ruleIds])]);
    const known = this.#firing.get(key) ?? this.#ask(request, acting);
    this.#firing.set(key, known);
    return known;
  }

  async #ask(request: CaseResult['request'], acting: readonly Exclusion[]): Promise<ReadonlySet<RuleId>> {
    const { hits } = await using(this.#open(acting), (bench) => bench.evaluate(request));
    return new Set(hits.map(({ ruleId }) => ruleId));
  }
}

/**
 * Leaves each exclusion out in turn, for each of its rules, and sends the cases at its endpoint again, under what else
 * acts on them.
 * @returns what brings no hit back when it is left out: it has no effect, or does what another one does already
 */
async function findIdle(
  exclusions: readonly Exclusion[],
  trials: CaseTrials,
  progress: StepProgress,
): Promise<readonly ExclusionForRule[]> {
  const parts = exclusions
    .filter((one) => !isGuard(one))
    .flatMap((exclusion) => exclusion.ruleIds.map((ruleId) => ({ exclusion, ruleId })));
  const reached = reaching(exclusions);
  progress.begin(parts.length);
  const leaveOut = async (part: ExclusionForRule) => {
    const acting = ({ request }: CaseResult) => without(reached(request), [part]);
    return (await bringsBack(part, acting, trials)) ? [] : [part];
  };
  const idle = await evaluateAll(parts, leaveOut, progress.step);
  return idle.flat();
}

/** What an exclusion does to a request that concerns all of its rules at once: it is in force or it is not. */
function isForAllRules({ effect }: Exclusion): boolean {
  return effect !== 'remove-target' && effect !== 'remove-rule';
}

/** The exclusions without some of their rules. */
function without(exclusions: readonly Exclusion[], parts: readonly ExclusionForRule[]): readonly Exclusion[] {
  const left = new Set(parts.map(keyOf));
  return exclusions.flatMap((exclusion) => {
    const kept = exclusion.ruleIds.filter((ruleId) => !left.has(keyOf({ exclusion, ruleId })));
    const ruleIds = isForAllRules(exclusion) && kept.length < exclusion.ruleIds.length ? [] : kept;
    return ruleIds.length === 0 ? [] : [{ ...exclusion, ruleIds }];
  });
}

function keyOf({ exclusion, ruleId }: ExclusionForRule): string {
  return JSON.stringify([exclusion.id, ruleId]);
}

/** Whether the rule fires on one of the cases when a part is left out: cases have none of its hits while it is in force. */
async function bringsBack(
  { exclusion, ruleId }: ExclusionForRule,
  acting: (result: CaseResult) => readonly Exclusion[],
  trials: CaseTrials,
): Promise<boolean> {
  const likely = trials.casesOf(exclusion).toSorted((a, b) => Number(fires(b, ruleId)) - Number(fires(a, ruleId)));
  const rules = isForAllRules(exclusion) ? exclusion.ruleIds : [ruleId];
  for (const one of likely) {
    const firing = await trials.firing(one, acting(one));
    if (rules.some((rule) => firing.has(rule))) return true;
  }
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
  open: OpenBench,
  progress: StepProgress = unheard,
): Promise<Needed> {
  const trials = new CaseTrials(cases, open);
  let kept = exclusions;
  let idle = await findIdle(kept, trials, progress);
  for (let round = 0; round < rounds && idle.length > 0; round++) {
    kept = without(kept, droppable(idle));
    idle = await findIdle(kept, trials, progress);
  }
  return { exclusions: withoutIdleGuards(kept), idle };
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
