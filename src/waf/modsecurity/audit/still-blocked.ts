import { pathOf } from '../../../model/endpoint.js';
import { formatVariable, type RuleId } from '../../../model/evidence.js';
import type { CaseResult } from '../../../model/report.js';
import { reachOf } from '../exclusion-files/reach.js';
import { everywhere, scopeHolds, scopeOf } from '../exclusion-files/scope.js';
import { readTarget } from '../exclusion-files/target.js';
import type { ExclusionUnit } from '../exclusion-files/unit.js';
import type { AuditSubject } from './audit-subject.js';
import type { Losses } from './leave-out.js';

/** A case that is blocked in spite of the user's exclusions, with the hits that it has under them. */
export type BlockedCase = Pick<CaseResult, 'id' | 'request' | 'hits'>;

export function blockedInSpite({ replays: { cases, asIs } }: AuditSubject): readonly BlockedCase[] {
  return cases.flatMap(({ id, request }) => {
    const observed = asIs.get(id);
    return observed?.isBlocked === true ? [{ id, request, hits: observed.hits }] : [];
  });
}

/**
 * The blocked cases that each exclusion is there for: those at its endpoint, or, where it has none, those on which one of
 * its rules still fires, on a variable of the same collection. At an endpoint with several exclusions, a case counts for
 * those that have its rule or its variable in common.
 */
export function insufficiencies(
  blocked: readonly BlockedCase[],
  losses: ReadonlyMap<ExclusionUnit, Losses>,
  audit: AuditSubject,
): ReadonlyMap<ExclusionUnit, readonly BlockedCase[]> {
  const found = new Map<ExclusionUnit, BlockedCase[]>();
  for (const one of blocked) {
    const meant = audit.exclusions.units.filter((unit) => isMeantFor(unit, one, losses, audit));
    const akin = meant.filter((unit) => isAkin(unit, one, audit));
    for (const unit of akin.length > 0 ? akin : meant) found.set(unit, [...(found.get(unit) ?? []), one]);
  }
  return found;
}

function isMeantFor(
  unit: ExclusionUnit,
  one: BlockedCase,
  losses: ReadonlyMap<ExclusionUnit, Losses>,
  audit: AuditSubject,
): boolean {
  const scope = unit.host === undefined ? everywhere : scopeOf(unit.host.rule);
  const path = pathOf(one.request);
  const holds = scopeHolds(scope, { method: one.request.method, path }) ?? isWherePut(path, losses.get(unit), audit);
  return holds && (scope.path !== undefined || (hasRule(unit, one, audit) && hasCollection(unit, one)));
}

/** Where conditions cannot be understood, the cases that need the exclusion tell its endpoint. */
function isWherePut(path: string, losses: Losses | undefined, { replays: { changed } }: AuditSubject): boolean {
  return changed.some(({ id, request }) => losses?.has(id) === true && pathOf(request) === path);
}

function isAkin(unit: ExclusionUnit, one: BlockedCase, audit: AuditSubject): boolean {
  return hasRule(unit, one, audit) || hasVariable(unit, one);
}

/** A rule that it is meant for, whether or not the engine reads it so. */
function hasRule(unit: ExclusionUnit, { hits }: BlockedCase, { exclusions: { facts } }: AuditSubject): boolean {
  const reach = (['modsecurity2', 'modsecurity3'] as const).flatMap((engine) => reachOf(unit, engine, facts) ?? []);
  const rules = new Set<RuleId>(reach.map(({ id }) => id));
  return hits.some(({ ruleId }) => rules.has(ruleId));
}

function hasCollection({ effect }: ExclusionUnit, { hits }: BlockedCase): boolean {
  if (effect.kind !== 'remove-target') return true;
  const { collection } = readTarget(effect.target);
  return hits.some(({ variable }) => variable.collection === collection);
}

function hasVariable({ effect }: ExclusionUnit, { hits }: BlockedCase): boolean {
  if (effect.kind !== 'remove-target') return false;
  const { collection, key } = readTarget(effect.target);
  const name = formatVariable({ collection, ...(key !== undefined && { key }) });
  return hits.some(({ variable }) => formatVariable(variable) === name);
}
