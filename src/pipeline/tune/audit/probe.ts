import type { Variable } from '../../../model/evidence.js';
import type { Exclusion } from '../../../model/exclusion.js';
import { requestWith, variablesFor } from '../../../waf/modsecurity/exclusion-files/probe-request.js';
import { isLiteral, reachOf } from '../../../waf/modsecurity/exclusion-files/reach.js';
import type { RuleFacts } from '../../../waf/modsecurity/exclusion-files/rule-facts.js';
import { everywhere, type RuleScope, scopeOf } from '../../../waf/modsecurity/exclusion-files/scope.js';
import type { ExclusionUnit } from '../../../waf/modsecurity/exclusion-files/unit.js';
import { modsecurityFieldNames } from '../../../waf/modsecurity/field-names.js';
import { type Carrier, findCarrier } from '../carrier.js';
import { evaluateAll } from '../evaluate-all.js';
import type { AttackMatches } from '../match-matrix.js';
import type { Bench } from '../workbench.js';
import type { AuditGround } from './audit-ground.js';

/** What an exclusion does to attacks that are made to meet it. */
export interface Effect {
  /** In which variable they were sent. */
  readonly variable: Variable;
  readonly tried: number;
  /** Attacks on which a rule is silent that would have fired. */
  readonly silenced: number;
  /** Attacks that pass. */
  readonly passed: number;
}

/** Enough attacks to see an effect, and few enough to be asked about at once. */
const maxAttacks = 200;

/**
 * Sends attacks that fire the rules of an exclusion to where it acts, and tells what becomes of them.
 * @param bench an engine with this exclusion and no other
 * @returns nothing where no attack is known that could meet it
 */
export async function probe(unit: ExclusionUnit, bench: Bench, audit: AuditGround): Promise<Effect | undefined> {
  const reach = reachOf(unit, 'modsecurity3', audit.facts);
  const rules = reach && new Set<number | string>(reach.map(({ id }) => id));
  for (const carrier of carriersFor(unit, reach, audit)) {
    const rows = (await audit.ground.matrix.blockedIn(carrier)).filter((row) => fires(row, rules));
    if (rows.length === 0) continue;
    const hides = unit.effect.kind === 'update-action';
    return send(spread(rows, maxAttacks), carrier, { rules, bench, before: audit.ground.before, hides });
  }
  return undefined;
}

function fires({ matches }: AttackMatches, rules: ReadonlySet<number | string> | undefined): boolean {
  return rules === undefined || matches.some(({ ruleId }) => rules.has(ruleId));
}

interface Question {
  readonly rules: ReadonlySet<number | string> | undefined;
  readonly bench: Bench;
  readonly before: Bench;
  /** A rule that is not in the log may have fired all the same. */
  readonly hides: boolean;
}

async function send(rows: readonly AttackMatches[], carrier: Carrier, { rules, bench, before, hides }: Question) {
  const answers = await evaluateAll(rows, async ({ attack: { payload } }) => {
    const request = carrier.carry(payload);
    const [was, is] = await Promise.all([before.evaluate(request), bench.evaluate(request)]);
    const firing = new Set(is.hits.map(({ ruleId }) => ruleId));
    const isSilent = !hides && was.hits.some(({ ruleId }) => (rules?.has(ruleId) ?? true) && !firing.has(ruleId));
    const passes = was.action === 'blocked' && is.action !== 'blocked';
    return { passes, isSilent: isSilent || passes };
  });
  return {
    variable: carrier.variables[0],
    tried: rows.length,
    silenced: answers.filter(({ isSilent }) => isSilent).length,
    passed: answers.filter(({ passes }) => passes).length,
  };
}

function carriersFor(unit: ExclusionUnit, reach: readonly RuleFacts[] | undefined, audit: AuditGround) {
  const scope = unit.host === undefined ? everywhere : scopeOf(unit.host.rule);
  const path = pathIn(scope);
  const [base] = audit.ground.cases;
  if (path === undefined || base === undefined) return [];
  return variablesFor(unit, reach).flatMap((variable) => {
    const request = requestWith(variable, { base: base.request, path, method: scope.method ?? 'POST' });
    const exclusion: Exclusion = { id: '', findings: [], effect: 'remove-target', ruleIds: [], variable, scope: {} };
    return findCarrier(exclusion, [{ ...base, request, hits: [] }], modsecurityFieldNames) ?? [];
  });
}

/** A path on which a rule acts; nothing where its conditions cannot be met by a path alone. */
function pathIn({ path, limitsOther, limitsMethod, method }: RuleScope): string | undefined {
  if (limitsOther || (limitsMethod && method === undefined) || path?.kind === 'pattern') return undefined;
  if (path === undefined) return '/probe';
  if (path.kind === 'loose' && !isLiteral(path.text)) return undefined;
  return encodeURI(path.text.startsWith('/') ? path.text : `/${path.text}`.toWellFormed());
}

/** So many of the items, from all parts of the list. */
function spread<T>(items: readonly T[], count: number): readonly T[] {
  if (items.length <= count) return items;
  return Array.from({ length: count }, (_, i) => items[Math.floor((i * items.length) / count)]).flatMap((item) =>
    item === undefined ? [] : [item],
  );
}
