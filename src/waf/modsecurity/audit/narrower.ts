import { actsOn } from '../../../exclude/acts-on.js';
import { formatVariable, type RuleId } from '../../../model/evidence.js';
import type { Exclusion } from '../../../model/exclusion.js';
import { isTemplate } from '../../../model/path-template.js';
import type { CaseResult } from '../../../model/report.js';
import { bodyReadings, limitNames } from '../body-settings.js';
import { reachOf } from '../exclusion-files/reach.js';
import { everywhere, type RuleScope, scopeOf } from '../exclusion-files/scope.js';
import { mayInclude, readTarget } from '../exclusion-files/target.js';
import type { ExclusionUnit } from '../exclusion-files/unit.js';
import type { AuditSubject } from './audit-subject.js';
import type { Losses } from './leave-out.js';

/** Exclusions that could take the place of a wider one. */
export interface Narrower {
  readonly exclusions: readonly Exclusion[];
  /** In what the other one is wider, and what is enough. */
  readonly reason: string;
}

/**
 * Of the narrowest exclusions, those that do for the cases what one of the user's does; none where they are not narrower
 * than it, or that cannot be told. First those for rules that are seen to fire without it, then those for all rules: a
 * rule that fires on another field already, or is hidden from the log, is not seen to come back.
 */
export function narrowerThan(
  unit: ExclusionUnit,
  losses: Losses,
  narrowest: readonly Exclusion[],
  audit: AuditSubject,
): readonly Narrower[] {
  const unnamed = new Map([...losses].map(([id, loss]) => [id, { ...loss, rules: [] }]));
  const found = [losses, unnamed].flatMap((lost) => narrowerFor(unit, lost, narrowest, audit) ?? []);
  const [seen, all] = found.map(({ exclusions }) => JSON.stringify(exclusions));
  return seen === all ? found.slice(0, 1) : found;
}

function narrowerFor(
  unit: ExclusionUnit,
  losses: Losses,
  narrowest: readonly Exclusion[],
  audit: AuditSubject,
): Narrower | undefined {
  const scope = unit.host === undefined ? everywhere : scopeOf(unit.host.rule);
  if (scope.limitsOther || isList(unit)) return undefined;
  const cases = audit.replays.changed.filter(({ id }) => losses.has(id));
  const reach = reachOf(unit, 'modsecurity3', audit.exclusions.facts);
  const rules = reach && new Set<RuleId>(reach.map(({ id }) => id));
  const exclusions = narrowest.flatMap((exclusion): readonly Exclusion[] => {
    const ruleIds = exclusion.ruleIds.filter(
      (id) => (rules?.has(id) ?? true) && cases.some((one) => concerns(exclusion, id, one, losses)),
    );
    return ruleIds.length === 0 || !isInTarget(unit, exclusion) ? [] : [{ ...exclusion, ruleIds }];
  });
  if (exclusions.length === 0 || !exclusions.every((one) => isInScope(scope, one))) return undefined;
  const widths = [
    ...scopeWidth(scope, exclusions),
    ...targetWidth(unit, exclusions),
    ...ruleWidth(reach?.length, exclusions),
  ];
  return widths.length === 0 ? undefined : { exclusions, reason: `${widths.join(', ')}; ${enough(exclusions)}` };
}

/** A list or limit of what is allowed says itself what it lets through. */
function isList({ effect }: ExclusionUnit): boolean {
  return effect.kind === 'setting' && !/anomaly_score|level/.test(effect.name);
}

/** Whether an exclusion is for a rule that fires on a case when the user's one is left out. */
function concerns(exclusion: Exclusion, ruleId: RuleId, { id, request }: CaseResult, losses: Losses): boolean {
  const loss = losses.get(id);
  if (loss === undefined || !actsOn(exclusion, request)) return false;
  return loss.rules.length === 0 || loss.rules.includes(ruleId);
}

function isInTarget({ effect }: ExclusionUnit, exclusion: Exclusion): boolean {
  if (effect.kind !== 'remove-target') return true;
  if (exclusion.effect !== 'remove-target') return false;
  const { variable } = exclusion;
  return mayInclude(readTarget(effect.target), variable);
}

/** Whether one acts on no request that the scope leaves out; with other than plain paths the cases have shown it. */
function isInScope({ path, method }: RuleScope, { scope }: Exclusion): boolean {
  if (method !== undefined && scope.method !== method) return false;
  if (path === undefined) return true;
  if (scope.path === undefined || isTemplate(scope.path)) return false;
  if (path.kind === 'exact') return scope.path === path.text;
  return !['prefix', 'subtree'].includes(path.kind) || scope.path.startsWith(path.text);
}

function scopeWidth({ path, method, limitsMethod }: RuleScope, exclusions: readonly Exclusion[]): readonly string[] {
  if (exclusions.some(({ scope }) => scope.path === undefined)) return [];
  if (path === undefined) return ['acts on every request'];
  if (path.kind === 'prefix') return [`acts on all paths that begin with ${path.text}`];
  if (path.kind === 'subtree') return [`acts on all paths below ${path.text}`];
  if (path.kind === 'loose') return ['acts on other paths too'];
  const isOneMethod = exclusions.every(({ scope }) => scope.method !== undefined);
  return method === undefined && !limitsMethod && isOneMethod ? ['acts on every method'] : [];
}

function targetWidth({ effect }: ExclusionUnit, exclusions: readonly Exclusion[]): readonly string[] {
  if (exclusions.some(({ effect: other }) => other === 'remove-rule')) return [];
  if (effect.kind !== 'remove-target') return ['is for every field'];
  const { key, collection } = readTarget(effect.target);
  const isNamed = exclusions.every((one) => one.effect === 'remove-target' && one.variable.key !== undefined);
  return key === undefined && isNamed ? [`is for all of ${collection}`] : [];
}

function ruleWidth(count: number | undefined, exclusions: readonly Exclusion[]): readonly string[] {
  const rules = new Set(exclusions.flatMap(({ ruleIds }) => ruleIds));
  if (count === undefined) return ['is for every rule'];
  return count > rules.size ? [`is for ${count} rules`] : [];
}

/** `ARGS:note from 942100 at POST /notes is enough` */
function enough(exclusions: readonly Exclusion[]): string {
  const fields = unique(exclusions.map(whatText));
  const rules = unique(exclusions.flatMap(({ ruleIds }) => ruleIds.map(String)));
  const places = unique(exclusions.map(({ scope }) => `${scope.method ?? ''} ${scope.path ?? 'every path'}`.trim()));
  return `${some(fields)} from ${some(rules)} at ${some(places)} is enough`;
}

function whatText(exclusion: Exclusion): string {
  switch (exclusion.effect) {
    case 'change-setting':
      return `TX:${exclusion.setting.name}`;
    case 'remove-rule':
      return 'every field';
    case 'remove-target':
      return formatVariable(exclusion.variable);
    case 'read-body-as':
      return `the body, read as ${bodyReadings[exclusion.reading].name},`;
    case 'raise-limit':
      return `${limitNames[exclusion.limit]} ${exclusion.value}`;
    case 'leave-body-unread':
      return 'the body';
    default:
      return 'what is not of ModSecurity';
  }
}

function unique(texts: readonly string[]): readonly string[] {
  return [...new Set(texts)].sort();
}

const shown = 3;

function some(names: readonly string[]): string {
  const more = names.length - shown;
  return `${names.slice(0, shown).join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
}
