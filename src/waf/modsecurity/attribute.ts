import type { Attributor } from '../../contract/attributor.js';
import type { LoggedHit, LoggedMatch, LogRecord } from '../../contract/log-record.js';
import { type Evidence, formatVariable, type RuleHit, type Variable } from '../../model/evidence.js';
import type { WireRequest } from '../../model/request.js';
import { groupBy } from '../../util/group-by.js';
import { points } from './points.js';
import { type RequestSection, type RequestVariable, requestVariables } from './request-variables.js';
import { type CatalogRule, emptyCatalog, type RuleCatalog } from './rule-catalog.js';

/**
 * Evidence from a log record of libmodsecurity 3. Its line for a rule names the last matching variable only, though
 * each one scores; the others are found by the offsets and lengths that the line gives for all of them.
 */
export function createAttributor(catalog: () => RuleCatalog): Attributor {
  return (record, request) => attribute(record, request, record.hits.length === 0 ? emptyCatalog : catalog());
}

function attribute(record: LogRecord, request: WireRequest, catalog: RuleCatalog): Evidence {
  const variables = record.hits.length === 0 ? [] : requestVariables(request);
  const shifts = sectionShifts(record.hits, variables);
  const hits = [...groupBy(record.hits, ({ ruleId }) => ruleId)].flatMap(([ruleId, lines]) => {
    const rule = typeof ruleId === 'number' ? catalog.get(ruleId) : undefined;
    return ruleHits(lines, { all: variables, variables: inScope(variables, rule), shifts, rule });
  });
  return {
    action: record.action,
    ...(record.status !== undefined && { status: record.status }),
    ...(record.score !== undefined && { score: record.score }),
    hits,
  };
}

interface Context {
  /** Every variable of the request, and those that the rule looks at. */
  readonly all: readonly RequestVariable[];
  readonly variables: readonly RequestVariable[];
  readonly shifts: ReadonlyMap<RequestSection, number>;
  readonly rule: CatalogRule | undefined;
}

function inScope(variables: readonly RequestVariable[], rule: CatalogRule | undefined): readonly RequestVariable[] {
  if (rule === undefined) return variables;
  return variables.filter(({ variable }) => rule.collections.includes(variable.collection));
}

/**
 * By how much the engine's offsets differ from ours in headers and body, told by the variables that lines name. Clients
 * and proxies add header lines, which moves all that follows by the same amount; the request line is never moved.
 */
function sectionShifts(hits: readonly LoggedHit[], variables: readonly RequestVariable[]) {
  const shifts = new Map<RequestSection, number>();
  for (const { variable, matches } of hits) {
    const seen = matches.at(-1)?.variable;
    const own = variables.filter((one) => isSame(one.variable, variable) && one.length === seen?.length);
    const [only] = own;
    if (seen === undefined || only?.offset === undefined || own.length > 1 || shifts.has(only.part)) continue;
    if (only.part === 'headers' || only.part === 'body') shifts.set(only.part, seen.offset - only.offset);
  }
  return shifts;
}

/**
 * One line names one variable. A rule with several lines is a multiMatch rule, which writes a line for each; a single
 * line stands for all its matches, of which the last is the named one.
 */
function ruleHits(lines: readonly LoggedHit[], context: Context): readonly RuleHit[] {
  const [line] = lines;
  if (line === undefined || lines.length > 1) return distinct(lines.map((each) => namedHit(each, context)));
  if (line.variable !== undefined && !isIndirect(line.variable)) {
    return distinct([...recover(line, line.matches.slice(0, -1), context), namedHit(line, context)]);
  }
  const named = line.variable === undefined ? undefined : namedWithin(line.variable, context.all);
  const matches = line.variable?.collection === 'MATCHED_VAR' ? line.matches.slice(-1) : line.matches;
  const found = distinct([
    ...recover(line, matches, context),
    ...(named ? [recoveredHit(line, named, undefined, context)] : []),
  ]);
  return found.length > 0 ? found : [namedHit(line, context)];
}

function namedHit(line: LoggedHit, { rule }: Context): RuleHit {
  const variable = line.variable ?? { collection: 'UNKNOWN' };
  const source = line.variable === undefined || isIndirect(variable) ? 'unknown' : 'logged';
  return { ...hit(line, rule, variable, source), ...matchedText(line) };
}

/**
 * Variables that hold what another variable matched. In a chain, `MATCHED_VAR` is the last match of the link before;
 * `MATCHED_VARS` and `TX` often carry the name of the variable behind them.
 */
function isIndirect({ collection }: Variable): boolean {
  return /^(?:MATCHED_VARS?(?:_NAMES?)?|TX)$/.test(collection);
}

/** `TX:rfi_parameter_ARGS:url` is about `ARGS:url`: the longest name of the request that the key ends with. */
function namedWithin({ key = '' }: Variable, variables: readonly RequestVariable[]): RequestVariable | undefined {
  const inside = variables.filter(
    ({ variable }) => variable.key !== undefined && key.endsWith(formatVariable(variable)),
  );
  return inside.sort((a, b) => formatVariable(b.variable).length - formatVariable(a.variable).length)[0];
}

function matchedText({ matched, matchedTruncated }: LoggedHit): Pick<RuleHit, 'matched' | 'matchedTruncated'> {
  return { ...(matched !== undefined && { matched }), ...(matchedTruncated && { matchedTruncated }) };
}

function recover(line: LoggedHit, matches: readonly LoggedMatch[], context: Context): readonly RuleHit[] {
  const groups = groupBy(matches, ({ variable }) => `${variable.offset},${variable.length}`);
  return [...groups.values()].flatMap((group) => recoverGroup(line, group, context));
}

/** Matches of one offset and length: as many variables matched as there are matches, if that many fit. */
function recoverGroup(line: LoggedHit, matches: readonly LoggedMatch[], context: Context): readonly RuleHit[] {
  const [first] = matches;
  const fitting = context.variables.filter(
    (candidate) =>
      first !== undefined && fits(candidate, first, context.shifts) && !isSame(candidate.variable, line.variable),
  );
  if (fitting.length <= matches.length)
    return fitting.map((found, i) => recoveredHit(line, found, matches[i], context));
  const candidates = fitting.map(({ variable }) => variable);
  const [likely] = candidates;
  return likely === undefined ? [] : [{ ...hit(line, context.rule, likely, 'ambiguous'), candidates }];
}

function fits(candidate: RequestVariable, { variable }: LoggedMatch, shifts: Context['shifts']): boolean {
  if (candidate.length !== variable.length) return false;
  return candidate.offset === undefined || candidate.offset + (shifts.get(candidate.part) ?? 0) === variable.offset;
}

function recoveredHit(
  line: LoggedHit,
  { variable, value }: RequestVariable,
  match: LoggedMatch | undefined,
  { rule }: Context,
): RuleHit {
  const matched = match?.text === undefined ? undefined : sliceIfUnchanged(value, match.text);
  return { ...hit(line, rule, variable, 'recovered'), ...(matched !== undefined && { matched }) };
}

/**
 * Offsets are into the value after the rule's transformations, so they hold for the value itself only where no usual
 * transformation would change its length: plain ASCII without escapes, entities, quotes, comments or double blanks.
 */
function sliceIfUnchanged(value: string, { offset, length }: { offset: number; length: number }): string | undefined {
  if (!/^[\w .,;:!?()<>=@-]*$/.test(value) || / {2}/.test(value)) return undefined;
  return value.slice(offset, offset + length) || undefined;
}

function hit(
  line: LoggedHit,
  rule: CatalogRule | undefined,
  variable: Variable,
  variableSource: RuleHit['variableSource'],
): RuleHit {
  const tags = line.tags.length > 0 ? line.tags : (rule?.tags ?? []);
  const paranoia = tags.map((tag) => /^paranoia-level\/([1-4])$/.exec(tag)?.[1]).find((level) => level !== undefined);
  const scoring = points(line.ruleId, line.severity);
  return {
    ruleId: line.ruleId,
    message: line.message,
    ...(line.severity !== undefined && { severity: line.severity }),
    tags,
    ...(paranoia !== undefined && { paranoia: Number(paranoia) }),
    variable,
    variableSource,
    ...(scoring !== undefined && { scoring }),
  };
}

function isSame(a: Variable, b: Variable | undefined): boolean {
  return b !== undefined && a.collection === b.collection && a.key === b.key;
}

function distinct(hits: readonly RuleHit[]): readonly RuleHit[] {
  return [...new Map(hits.map((one) => [formatVariable(one.variable), one])).values()];
}
