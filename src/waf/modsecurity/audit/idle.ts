import type { IdleReason } from '../../../model/audit.js';
import { pathOf } from '../../../model/endpoint.js';
import type { RequestSpec } from '../../../model/request.js';
import { evaluateAll } from '../../../prove/evaluate-all.js';
import { counted } from '../../../util/counted.js';
import { reachOf } from '../exclusion-files/reach.js';
import { scopeHolds, scopeOf } from '../exclusion-files/scope.js';
import { mayOverlap, readTarget } from '../exclusion-files/target.js';
import type { ExclusionUnit } from '../exclusion-files/unit.js';
import { type AttackEffect, type NamedPlace, placesFor, probe } from './attack-effect.js';
import type { AuditSubject } from './audit-subject.js';
import { type Losses, lossesWithout } from './leave-out.js';
import { lossesOf, observeCases } from './replays.js';
import { roundsOf } from './rounds.js';

/** Why an exclusion can go, and what it does to attacks. */
export interface Idle {
  readonly reason: IdleReason;
  readonly effect?: AttackEffect;
  /** With `redundant`: what does the same, as far as that can be told. */
  readonly others?: readonly ExclusionUnit[];
}

/** Exclusions that can go, all of them at once, and what is lost without each of the others. */
export interface Weighed {
  readonly idle: ReadonlyMap<ExclusionUnit, Idle>;
  readonly losses: ReadonlyMap<ExclusionUnit, Losses>;
}

/** What is known of idle exclusions, and of more as it is found out. */
export interface IdleMemory {
  readonly idle: ReadonlyMap<ExclusionUnit, Idle>;
  keepIdle(unit: ExclusionUnit, idle: Idle): void;
}

/**
 * Tells exclusions that can go from those that only look so, because others do the same: of those, the widest are left
 * out first, and one that is missed then is needed.
 */
export async function weigh(
  losses: ReadonlyMap<ExclusionUnit, Losses>,
  memory: IdleMemory,
  audit: AuditSubject,
): Promise<Weighed> {
  const unmissed = [...losses].flatMap(([unit, lost]) => (lost.size === 0 ? [unit] : []));
  const missed = await missedTogether(unmissed, audit);
  const going = unmissed.filter((unit) => !missed.has(unit));
  const kept = audit.exclusions.units.filter((unit) => !going.includes(unit));
  const open = going.filter((unit) => !memory.idle.has(unit));
  const what = `looking for an effect of ${counted(going.length, 'exclusion')} that nothing needs`;
  if (open.length > 0) audit.progress.stage(what, open.length);
  await explainEach(open, kept, audit, (unit, idle) => {
    memory.keepIdle(unit, idle);
    audit.progress.step?.();
  });
  const idle = new Map([...memory.idle].filter(([unit]) => going.includes(unit)));
  return { idle, losses: new Map([...losses, ...missed]) };
}

/** Those that cannot be left out together with the others, and what is lost without them. */
async function missedTogether(units: readonly ExclusionUnit[], audit: AuditSubject) {
  const missed = new Map<ExclusionUnit, Losses>();
  const lost = units.length === 0 ? new Map() : await lossesWithout(new Set(units), audit);
  if (lost.size === 0) return missed;
  const endangered = audit.replays.changed.filter(({ id }) => lost.has(id));
  const casesOf = (unit: ExclusionUnit) => audit.acting.casesOf(unit, endangered);
  const suspects = units.filter((unit) => casesOf(unit).length > 0);
  audit.progress.stage('leaving out together what nothing needs by itself', suspects.length);
  const left = new Set(units.filter((unit) => !suspects.includes(unit)));
  for (const unit of suspects.toSorted((a, b) => width(b, audit) - width(a, audit))) {
    const losses = await lossesWithout(new Set([...left, unit]), audit, casesOf(unit));
    audit.progress.step?.();
    if (losses.size === 0) left.add(unit);
    else missed.set(unit, losses);
  }
  return missed;
}

/** A number that is larger for what takes more away: everywhere, whole rules, many rules. */
function width(unit: ExclusionUnit, { exclusions: { facts } }: AuditSubject): number {
  const scope = unit.host === undefined ? undefined : scopeOf(unit.host.rule);
  const rules = reachOf(unit, 'modsecurity3', facts)?.length ?? facts.size;
  const isEverywhere = scope?.path === undefined;
  const isWhole = unit.effect.kind !== 'remove-target';
  return (isEverywhere ? 200_000 : 0) + (isWhole ? 100_000 : 0) + Math.min(rules, 99_999);
}

/** Asks engines that have an exclusion and no other that acts on the same requests. */
async function explainEach(
  going: readonly ExclusionUnit[],
  kept: readonly ExclusionUnit[],
  audit: AuditSubject,
  found: (unit: ExclusionUnit, idle: Idle) => void,
): Promise<void> {
  const { exclusions, engines, replays, acting } = audit;
  const asked = new Map(
    going.map((unit) => {
      const cases = acting.casesOf(unit, replays.changed);
      const places = placesFor(unit, audit);
      return [unit, { cases, places, requests: [...cases.map(({ request }) => request), ...places.map(requestIn)] }];
    }),
  );
  const meets = (one: ExclusionUnit, other: ExclusionUnit) =>
    asked.get(one)?.requests.some((request) => acting.mayActOn(other, request)) === true;
  const rounds = roundsOf(going, (one, other) => meets(one, other) || meets(other, one));
  await evaluateAll(rounds, (round) => {
    const others = new Set(exclusions.units.filter((unit) => !round.includes(unit)));
    return engines.ask(others, (bench) =>
      evaluateAll(round, async (unit) => {
        const { cases = [], places = [] } = asked.get(unit) ?? {};
        const helped = lossesOf(await observeCases(cases, bench), replays.none);
        if (helped.size > 0) found(unit, { reason: 'redundant', others: standIns(unit, kept, helped, audit) });
        else found(unit, effectless(unit, await probe(unit, places, bench, audit)));
      }),
    );
  });
}

function requestIn({ carry }: NamedPlace): RequestSpec {
  return carry('');
}

function effectless({ effect: { kind } }: ExclusionUnit, effect: AttackEffect | undefined): Idle {
  if (effect !== undefined && effect.silenced > 0) return { reason: 'not-asked-for', effect };
  // What a setting is for is not seen by attacks alone.
  return { reason: effect === undefined || kind === 'setting' ? 'unknown' : 'no-effect' };
}

/** Exclusions that stay, are for one of its rules, and act on a case that it helps. */
function standIns(
  unit: ExclusionUnit,
  kept: readonly ExclusionUnit[],
  helped: Losses,
  { exclusions: { facts }, replays: { changed } }: AuditSubject,
): readonly ExclusionUnit[] {
  const rules = reachOf(unit, 'modsecurity3', facts);
  const cases = changed.filter(({ id }) => helped.has(id));
  return kept.filter((other) => {
    const reach = reachOf(other, 'modsecurity3', facts);
    const isAkin = rules === undefined || reach === undefined || reach.some((rule) => rules.includes(rule));
    return isAkin && sharesTarget(unit, other) && cases.some(({ request }) => holdsFor(other, request));
  });
}

function sharesTarget({ effect: one }: ExclusionUnit, { effect: other }: ExclusionUnit): boolean {
  if (one.kind !== 'remove-target' || other.kind !== 'remove-target') return true;
  return mayOverlap(readTarget(one.target), readTarget(other.target));
}

function holdsFor({ host }: ExclusionUnit, request: RequestSpec): boolean {
  if (host === undefined) return true;
  return scopeHolds(scopeOf(host.rule), { method: request.method, path: pathOf(request) }) === true;
}
