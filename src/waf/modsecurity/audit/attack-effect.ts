import type { RuleId, Variable } from '../../../model/evidence.js';
import type { AttackPlace } from '../../../prove/attack-places.js';
import { evaluateAll } from '../../../prove/evaluate-all.js';
import type { AttackMatches } from '../../../prove/match-matrix.js';
import { textPlace } from '../../../request/text-place.js';
import { requestWith, variablesFor } from '../exclusion-files/probe-request.js';
import { isLiteral, reachOf } from '../exclusion-files/reach.js';
import { everywhere, type RuleScope, scopeOf } from '../exclusion-files/scope.js';
import type { ExclusionUnit } from '../exclusion-files/unit.js';
import { modsecurityFieldNames } from '../field-names.js';
import type { EngineBench } from '../prover/bench.js';
import type { AuditSubject, Fate, SeenFates } from './audit-subject.js';

/** What an exclusion does to attacks that are made to meet it. */
export interface AttackEffect {
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
/** So many tell whether an exclusion does what another one does in a place of the same kind. */
const fewAttacks = 8;

/**
 * Sends attacks that fire the rules of an exclusion to where it acts, and tells what becomes of them.
 * @param bench an engine with this exclusion and no other that acts there
 * @returns nothing where no attack is known that could meet it
 */
export async function probe(
  unit: ExclusionUnit,
  places: readonly NamedPlace[],
  bench: EngineBench,
  audit: AuditSubject,
): Promise<AttackEffect | undefined> {
  const reach = reachOf(unit, 'modsecurity3', audit.exclusions.facts);
  const rules = reach && new Set<RuleId>(reach.map(({ id }) => id));
  for (const place of places) {
    const rows = (await audit.engines.matrix.blockedIn(place)).filter((row) => fires(row, rules));
    if (rows.length === 0) continue;
    const sent = spread(rows, maxAttacks);
    const question = { rules, bench, place, hides: unit.effect.kind === 'update-action' };
    const kind = JSON.stringify([place.kind, place.variable.collection, unit.effect.kind, rules && [...rules]]);
    const answers = await askAsKin(sent, question, { kind, seen: audit.seen });
    return {
      variable: place.variable,
      tried: sent.length,
      silenced: answers.filter(({ isSilent }) => isSilent).length,
      passed: answers.filter(({ passes }) => passes).length,
    };
  }
  return undefined;
}

function fires({ hits }: AttackMatches, rules: ReadonlySet<RuleId> | undefined): boolean {
  return rules === undefined || hits.some(({ ruleId }) => rules.has(ruleId));
}

interface Question {
  readonly rules: ReadonlySet<RuleId> | undefined;
  readonly bench: EngineBench;
  readonly place: AttackPlace;
  /** A rule that is not in the log may have fired all the same. */
  readonly hides: boolean;
}

/** Of attacks that were sent for an exclusion of the same kind, few are sent again: all are where the few come out otherwise. */
async function askAsKin(
  sent: readonly AttackMatches[],
  question: Question,
  { kind, seen }: { readonly kind: string; readonly seen: SeenFates },
): Promise<readonly Fate[]> {
  const known = seen.get(kind);
  if (known === undefined) {
    const asked = send(sent, question);
    seen.set(kind, asked);
    return await asked;
  }
  const fates = await known;
  const pairs = spread(
    sent.map((row, index) => ({ row, fate: fates[index] })),
    fewAttacks,
  );
  const own = await send(
    pairs.map(({ row }) => row),
    question,
  );
  const isKin = pairs.every(({ fate }, i) => fate?.passes === own[i]?.passes && fate?.isSilent === own[i]?.isSilent);
  return isKin ? fates : send(sent, question);
}

/** What they fire without any exclusion is known from the matrix. */
function send(rows: readonly AttackMatches[], { rules, bench, place, hides }: Question): Promise<readonly Fate[]> {
  return evaluateAll(rows, async ({ attack: { payload }, hits }) => {
    const is = await bench.evaluate(place.carry(payload));
    const firing = new Set(is.hits.map(({ ruleId }) => ruleId));
    const isSilent = !hides && hits.some(({ ruleId }) => (rules?.has(ruleId) ?? true) && !firing.has(ruleId));
    const passes = is.outcome !== 'blocked';
    return { passes, isSilent: isSilent || passes };
  });
}

/** A place for attacks, under the name that rules have for it. */
export interface NamedPlace extends AttackPlace {
  readonly variable: Variable;
}

/** Where attacks meet an exclusion; none where its conditions cannot be met by a path alone. */
export function placesFor(
  unit: ExclusionUnit,
  { exclusions: { facts }, replays, engines: { prover } }: AuditSubject,
): readonly NamedPlace[] {
  const reach = reachOf(unit, 'modsecurity3', facts);
  const scope = unit.host === undefined ? everywhere : scopeOf(unit.host.rule);
  const path = pathIn(scope);
  const [base] = replays.cases;
  if (path === undefined || base === undefined) return [];
  return variablesFor(unit, reach).flatMap((variable) => {
    const request = requestWith(variable, { base: base.request, path, method: scope.method ?? 'POST' });
    const field = modsecurityFieldNames.fieldsIn(request)(variable);
    const place = field && textPlace(request, field);
    return field === undefined || place === undefined
      ? []
      : [{ ...place, variable, kind: prover.placeKind(place.carry(''), field) }];
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
