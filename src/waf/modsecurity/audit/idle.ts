import type { IdleReason } from '../../../model/audit.js';
import { pathOf } from '../../../model/endpoint.js';
import type { RequestSpec } from '../../../model/request.js';
import { evaluateAll } from '../../../prove/evaluate-all.js';
import { reachOf } from '../exclusion-files/reach.js';
import { scopeHolds, scopeOf } from '../exclusion-files/scope.js';
import { mayOverlap, readTarget } from '../exclusion-files/target.js';
import type { ExclusionUnit } from '../exclusion-files/unit.js';
import { type AttackEffect, probe } from './attack-effect.js';
import type { AuditSubject } from './audit-subject.js';
import { type Losses, lossesWithout, mayActOn } from './leave-out.js';
import { lossesOf, observeCases } from './replays.js';

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

/**
 * Tells exclusions that can go from those that only look so, because others do the same: of those, the widest are left
 * out first, and one that is missed then is needed.
 */
export async function weigh(losses: ReadonlyMap<ExclusionUnit, Losses>, audit: AuditSubject): Promise<Weighed> {
  const unmissed = [...losses].flatMap(([unit, lost]) => (lost.size === 0 ? [unit] : []));
  const missed = await missedTogether(unmissed, audit);
  const going = unmissed.filter((unit) => !missed.has(unit));
  const kept = audit.exclusions.units.filter((unit) => !going.includes(unit));
  audit.progress.stage(`looking for an effect of ${going.length} exclusions that nothing needs`, going.length);
  const explain = async (unit: ExclusionUnit) => [unit, await explainIdle(unit, kept, audit)] as const;
  const idle = new Map(await evaluateAll(going, explain, () => audit.progress.step?.()));
  return { idle, losses: new Map([...losses, ...missed]) };
}

/** Those that cannot be left out together with the others, and what is lost without them. */
async function missedTogether(units: readonly ExclusionUnit[], audit: AuditSubject) {
  const missed = new Map<ExclusionUnit, Losses>();
  if (units.length === 0 || (await lossesWithout(new Set(units), audit)).size === 0) return missed;
  audit.progress.stage('leaving out together what nothing needs by itself', units.length);
  const left = new Set<ExclusionUnit>();
  for (const unit of [...units].sort((a, b) => width(b, audit) - width(a, audit))) {
    const losses = await lossesWithout(new Set([...left, unit]), audit);
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

/** Asks an engine that has this exclusion and no other. */
async function explainIdle(unit: ExclusionUnit, kept: readonly ExclusionUnit[], audit: AuditSubject): Promise<Idle> {
  const { units } = audit.exclusions;
  const { changed, none } = audit.replays;
  const others = new Set(units.filter((one) => one !== unit));
  return audit.engines.ask(others, async (bench) => {
    const concerned = changed.filter(({ request }) => mayActOn(unit, request));
    const helped = lossesOf(await observeCases(concerned, bench), none);
    if (helped.size > 0) return { reason: 'redundant', others: standIns(unit, kept, helped, audit) };
    const effect = await probe(unit, bench, audit);
    if (effect !== undefined && effect.silenced > 0) return { reason: 'not-asked-for', effect };
    // What a setting is for is not seen by attacks alone.
    return { reason: effect === undefined || unit.effect.kind === 'setting' ? 'unknown' : 'no-effect' };
  });
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
