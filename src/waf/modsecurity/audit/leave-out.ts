import type { CaseResult } from '../../../model/report.js';
import { evaluateAll } from '../../../prove/evaluate-all.js';
import type { ExclusionUnit } from '../exclusion-files/unit.js';
import type { AuditSubject } from './audit-subject.js';
import { type Loss, lossesOf, observeCases } from './replays.js';
import { roundsOf } from './rounds.js';

/** What the cases lose without an exclusion, by the id of the case. */
export type Losses = ReadonlyMap<string, Loss>;

/** Told what the cases lose without an exclusion, as soon as it is known. */
export type FoundLosses = (unit: ExclusionUnit, losses: Losses) => void;

/**
 * Leaves each exclusion out in turn and replays the cases that exclusions make a difference to. Exclusions that act on none
 * of the same cases are left out at the same time, and those that act on none lose nothing.
 * @param units those of which it is not known yet
 */
export async function leaveOutEach(
  units: readonly ExclusionUnit[],
  audit: AuditSubject,
  found: FoundLosses,
): Promise<void> {
  const { progress, replays, acting } = audit;
  if (units.length === 0) return;
  progress.stage('leaving out each exclusion in turn', units.length);
  const casesOf = new Map(units.map((unit) => [unit, acting.casesOf(unit, replays.changed)]));
  const has = (unit: ExclusionUnit, id: string) => casesOf.get(unit)?.some((one) => one.id === id) === true;
  const leaveOut = async (round: readonly ExclusionUnit[]): Promise<void> => {
    const losses = await lossesWithout(new Set(round), audit);
    for (const unit of round) {
      found(unit, new Map([...losses].filter(([id]) => has(unit, id))));
      progress.step?.();
    }
  };
  const share = (one: ExclusionUnit, other: ExclusionUnit) =>
    casesOf.get(one)?.some(({ id }) => has(other, id)) === true;
  await evaluateAll(roundsOf(units, share), leaveOut);
}

/**
 * What the cases lose when some exclusions are left out, compared with the files as they are.
 * @param cases those that are asked about, as far as the exclusions may act on them
 */
export async function lossesWithout(
  left: ReadonlySet<ExclusionUnit>,
  { replays, engines, acting }: AuditSubject,
  cases: readonly CaseResult[] = replays.changed,
): Promise<Losses> {
  const concerned = cases.filter(({ request }) => [...left].some((unit) => acting.mayActOn(unit, request)));
  if (concerned.length === 0) return new Map();
  return engines.ask(left, async (bench) => lossesOf(replays.asIs, await observeCases(concerned, bench)));
}
