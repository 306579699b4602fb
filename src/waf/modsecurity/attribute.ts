import type { Attributor } from '../../contract/attributor.js';
import { type Evidence, formatVariable, type RuleHit, type Variable } from '../../model/evidence.js';
import type { WireRequest } from '../../model/request.js';
import { groupBy } from '../../util/group-by.js';
import { blameChain } from './blame-chain.js';
import type { ModsecurityHit, ModsecurityRecord } from './log-record.js';
import { points } from './points.js';
import { type Blamed, isSame, locateVariables, type Places, recover } from './recover-variables.js';
import { type CatalogRule, emptyCatalog, type RuleCatalog, ruleOf } from './rule-catalog.js';
import { bodyParser } from './rule-ids.js';

/**
 * Evidence from a log record of ModSecurity. libmodsecurity's line for a rule names the last matching variable only,
 * though each one scores; the others are found by the offsets and lengths that the line gives for all of them.
 * @param catalog the rules that a record with hits speaks of, by the version of the rule set that it names
 */
export function createAttributor(catalog: (ruleset: string | undefined) => RuleCatalog): Attributor<ModsecurityRecord> {
  return (record, request) =>
    attribute(record, request, record.hits.length === 0 ? emptyCatalog : catalog(record.waf.ruleset));
}

function attribute(record: ModsecurityRecord, request: WireRequest, catalog: RuleCatalog): Evidence {
  const places = locateVariables(request, record);
  const hits = [...groupBy(record.hits, ({ ruleId }) => ruleId)].flatMap(([ruleId, lines]) => {
    return ruleHits(lines, ruleOf(catalog, ruleId, record.waf.ruleset), places);
  });
  return {
    action: record.action,
    ...(record.blockedBy !== undefined && { blockedBy: record.blockedBy }),
    ...(record.status !== undefined && { status: record.status }),
    ...(record.score !== undefined && { score: record.score }),
    ...(record.unread !== undefined && { unread: record.unread }),
    hits: [...withoutBrokenChains(hits, record, catalog), ...refusalWithoutRule(record)],
  };
}

/** The parser of bodies refuses by itself too, as mod_security2 does with 413 and 500: a cause like a rule's. */
function refusalWithoutRule({ blockedBy }: ModsecurityRecord): readonly RuleHit[] {
  if (blockedBy?.kind !== 'body-parser' || blockedBy.ruleId !== undefined) return [];
  return [
    {
      ruleId: bodyParser,
      message: 'The engine refused the body, without a rule',
      tags: [],
      variable: { collection: 'REQBODY_ERROR' },
      variableSource: 'logged',
      ...(blockedBy.reason !== undefined && { reason: blockedBy.reason }),
    },
  ];
}

/**
 * Of a chain that heeds every match (`multiMatch`), libmodsecurity 3.0 logs what its head matched, with the text of no
 * rule, whether the rest of the chain matched or not. Only the score tells: where the other hits account for all of it,
 * the chain broke.
 */
function withoutBrokenChains(
  hits: readonly RuleHit[],
  { score, waf, hits: lines }: ModsecurityRecord,
  catalog: RuleCatalog,
): readonly RuleHit[] {
  const unsaid = new Set(lines.filter(({ message }) => message === '').map(({ ruleId }) => ruleId));
  const doubtful = (hit: RuleHit) =>
    unsaid.has(hit.ruleId) && ruleOf(catalog, hit.ruleId, waf.ruleset)?.chained === true;
  const certain = hits.filter((hit) => !doubtful(hit));
  if (score === undefined || certain.length === hits.length) return hits;
  const accounted = certain.reduce((sum, { scoring = 0 }) => sum + scoring, 0);
  return accounted >= score.inbound ? certain : hits;
}

/**
 * One line names one variable. A rule with several lines is a multiMatch rule, or one of mod_security2, and has a line
 * for each; a single line stands for all its matches, of which the last is the named one.
 */
function ruleHits(lines: readonly ModsecurityHit[], rule: CatalogRule | undefined, places: Places): readonly RuleHit[] {
  const [line] = lines;
  if (line === undefined) return [];
  const found =
    lines.length > 1
      ? lines.map((each) => ({ ...named(each, places), line: each }))
      : blame(line, rule, places).map((each) => ({ ...each, line }));
  return [...new Map(found.map((one) => [formatVariable(one.variable), toHit(one, rule)])).values()];
}

/** Which variables of the request a single line is about. */
function blame(line: ModsecurityHit, rule: CatalogRule | undefined, places: Places): readonly Blamed[] {
  const chain = blameChain(line, rule, places);
  if (chain.length > 0) return chain;
  const unnamed = line.variable === undefined ? recover(line.matches, rule, places).filter(isCertain) : [];
  if (unnamed.length > 0) return unnamed;
  return [...recover(line.matches.slice(0, -1), rule, places, line.variable), named(line, places)];
}

function isCertain({ variableSource }: Blamed): boolean {
  return variableSource === 'recovered';
}

function named(line: ModsecurityHit, places: Places): Blamed {
  const { within, matched, matchedTruncated } = line;
  const variable = (within === undefined ? undefined : longestName(within, places.variables)) ?? line.variable;
  const isCut = matchedTruncated === true || (matched !== undefined && endsAtNul(matched, variable, places.withNul));
  return {
    variable: places.nameOf(variable ?? { collection: 'UNKNOWN' }),
    variableSource: variable === undefined ? 'unknown' : 'logged',
    ...(matched !== undefined && { matched }),
    ...(isCut && { matchedTruncated: true }),
  };
}

/** JSON of libmodsecurity 3 ends at a NUL byte what it says of a value, and nothing marks it. */
function endsAtNul(matched: string, variable: Variable | undefined, withNul: Places['withNul']): boolean {
  return withNul.some((one) => isSame(one.variable, variable) && one.value.startsWith(`${matched}\0`));
}

/** A name may hold the `: ` that ends it in the log: of the request's own names, the longest that fits is meant. */
function longestName(within: string, variables: Places['variables']): Variable | undefined {
  const fitting = variables.filter(({ variable }) => within.startsWith(`${formatVariable(variable)}: `));
  const longest = fitting.sort((a, b) => formatVariable(b.variable).length - formatVariable(a.variable).length)[0];
  return (longest ?? cutName(within, variables))?.variable;
}

/** The engine cuts what it logs, in the middle of a name if need be. */
function cutName(within: string, variables: Places['variables']): Places['variables'][number] | undefined {
  const cut = / \(\d+ characters omitted\)$/.exec(within)?.index;
  if (cut === undefined) return undefined;
  const fitting = variables.filter(({ variable }) => formatVariable(variable).startsWith(within.slice(0, cut)));
  return fitting.length === 1 ? fitting[0] : undefined;
}

function toHit(
  { line, ...blamed }: Blamed & { readonly line: ModsecurityHit },
  rule: CatalogRule | undefined,
): RuleHit {
  const tags = line.tags.length > 0 ? line.tags : (rule?.tags ?? []);
  const paranoia = paranoiaOf(tags);
  const severity = line.severity ?? (line.message === '' ? rule?.severity : undefined);
  const scoring = points(line.ruleId, severity);
  return {
    ruleId: line.ruleId,
    message: line.message || (rule?.message ?? ''),
    ...(severity !== undefined && { severity }),
    tags,
    ...(paranoia !== undefined && { paranoia }),
    ...blamed,
    ...(line.reason !== undefined && { reason: line.reason }),
    ...(scoring !== undefined && { scoring }),
  };
}

/** The level of a rule, as its tags tell. */
export function paranoiaOf(tags: readonly string[]): number | undefined {
  const level = tags.map((tag) => /^paranoia-level\/([1-4])$/.exec(tag)?.[1]).find((one) => one !== undefined);
  return level === undefined ? undefined : Number(level);
}
