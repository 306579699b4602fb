import type { RuleHit, Variable } from '../../model/evidence.js';
import type { Pair, WireRequest } from '../../model/request.js';
import { groupBy } from '../../util/group-by.js';
import { lazily } from '../../util/lazily.js';
import type { LoggedMatch, ModsecurityRecord } from './log-record.js';
import { type RequestSection, type RequestVariable, requestVariables } from './request-variables.js';
import type { CatalogRule } from './rule-catalog.js';

/**
 * Every variable of a request, and by how much the log's offsets differ from where we know it to lie. Each is found out when it is
 * asked for: most lines say all that there is to know.
 */
export interface Places {
  readonly variables: readonly RequestVariable[];
  /** Those with a NUL byte in their value; hardly ever any. */
  readonly withNul: readonly RequestVariable[];
  readonly shifts: ReadonlyMap<RequestSection, number>;
  /** A variable as the suite writes it: clients and proxies change the case of header names. */
  nameOf(variable: Variable): Variable;
}

/** A variable that matched, as far as it could be told. */
export type Recovered = Pick<RuleHit, 'variable' | 'variableSource' | 'candidates' | 'matched' | 'matchedTruncated'>;

/** A variable that is to blame for a match, and others whose removal may silence the rule too. */
export type Blamed = Recovered & Pick<RuleHit, 'alternatives'>;

/** Header fields count as the engine saw them, where the log shows them: clients and proxies add to them. */
export function locateVariables(request: WireRequest, { hits, requestHeaders }: ModsecurityRecord): Places {
  const seen = requestHeaders === undefined ? request : { ...request, headers: requestHeaders };
  const variables = lazily(() => (hits.length === 0 ? [] : requestVariables(seen)));
  const withNul = lazily(() => (mayHoldNul(seen) ? variables().filter(({ value }) => value.includes('\0')) : []));
  const shifts = lazily(() => sectionShifts(hits, variables()));
  return {
    get variables() {
      return variables();
    },
    get withNul() {
      return withNul();
    },
    get shifts() {
      return shifts();
    },
    nameOf: (variable) => asWritten(variable, request.headers),
  };
}

/** Whether any value can have a NUL byte in it, as it stands or as an escape of forms or JSON. */
function mayHoldNul({ target, headers, body }: WireRequest): boolean {
  const bytes = Buffer.from(body.buffer, body.byteOffset, body.byteLength);
  return (
    bytes.includes(0) ||
    ['%00', '\\u0000'].some((escaped) => bytes.includes(escaped)) ||
    [target, ...headers.map(([, value]) => value)].some((text) => text.includes('%00') || text.includes('\0'))
  );
}

function asWritten(variable: Variable, headers: readonly Pair[]): Variable {
  if (!variable.collection.startsWith('REQUEST_HEADERS') || variable.key === undefined) return variable;
  const key = variable.key.toLowerCase();
  const written = headers.find(([name]) => name.toLowerCase() === key)?.[0];
  return written === undefined ? variable : { ...variable, key: written };
}

/**
 * By how much the engine's offsets differ from ours in headers and body, told by the variables that lines name. The
 * request line is never moved, and JSON has no place in the text.
 */
function sectionShifts(hits: ModsecurityRecord['hits'], variables: readonly RequestVariable[]) {
  const shifts = new Map<RequestSection, number>();
  for (const { variable, matches } of hits) {
    const seen = matches.at(-1)?.variable;
    const own = variables.filter((one) => isSame(one.variable, variable) && hasLength(one, seen?.length));
    const [only] = own;
    if (seen === undefined || only?.offset === undefined || own.length > 1 || shifts.has(only.part)) continue;
    if (only.part === 'headers' || only.part === 'body') shifts.set(only.part, seen.offset - only.offset);
  }
  return shifts;
}

/**
 * The variables that lie where matches are, among those that the rule looks at.
 * @param known a variable that is named already
 */
export function recover(
  matches: readonly LoggedMatch[],
  rule: CatalogRule | undefined,
  places: Places,
  known?: Variable,
): readonly Recovered[] {
  if (matches.length === 0) return [];
  const eligible = places.variables.filter(({ variable }) => looksAt(rule, variable, known));
  const groups = groupBy(matches, ({ variable }) => `${variable.offset},${variable.length}`);
  return [...groups.values()].flatMap((group) => recoverGroup(group, eligible, places, known));
}

/** A rule of which no file tells looks at all arguments alike, unless it names one of a collection of its place. */
function looksAt(rule: CatalogRule | undefined, { collection }: Variable, known: Variable | undefined): boolean {
  if (rule !== undefined) return rule.collections.includes(collection);
  return collection === known?.collection || !/^ARGS_(?:GET|POST)/.test(collection);
}

/**
 * Matches of one offset and length: as many variables matched as there are matches, if that many fit. A field may be
 * there twice, so a match may be of the known variable again.
 */
function recoverGroup(
  matches: readonly LoggedMatch[],
  eligible: readonly RequestVariable[],
  { shifts, nameOf }: Places,
  known: Variable | undefined,
): readonly Recovered[] {
  const [first] = matches;
  if (first === undefined) return [];
  const exact = eligible.filter((candidate) => fits(candidate, first, shifts));
  const fitting =
    exact.length > 0 ? exact : eligible.filter(({ variable }) => variable.collection === 'XML').slice(0, 1);
  const isCertain = fitting.length > 0;
  const found = (isCertain ? fitting : likely(eligible, first, shifts)).filter(
    ({ variable }) => !isSame(variable, known),
  );
  if (isCertain && found.length <= matches.length) return found.map((one, i) => recovered(one, matches[i], nameOf));
  const candidates = found.map(({ variable }) => nameOf(variable));
  const [variable] = candidates;
  return variable === undefined ? [] : [{ variable, variableSource: 'ambiguous', candidates }];
}
function fits(candidate: RequestVariable, { variable }: LoggedMatch, shifts: Places['shifts']): boolean {
  if (!hasLength(candidate, variable.length)) return false;
  return candidate.offset === undefined || candidate.offset + (shifts.get(candidate.part) ?? 0) === variable.offset;
}

function hasLength({ length, otherLength }: RequestVariable, wanted: number | undefined): boolean {
  return wanted !== undefined && (length === wanted || otherLength === wanted);
}

/** What may have matched although nothing lies there: the length fits, and nothing tells how far its section is moved. */
function likely(
  eligible: readonly RequestVariable[],
  { variable }: LoggedMatch,
  shifts: Places['shifts'],
): readonly RequestVariable[] {
  const isMovable = ({ part }: RequestVariable) => (part === 'headers' || part === 'body') && !shifts.has(part);
  return eligible.filter((candidate) => isMovable(candidate) && hasLength(candidate, variable.length));
}

function recovered({ variable, value }: RequestVariable, match: LoggedMatch | undefined, nameOf: Places['nameOf']) {
  const matched = match?.text === undefined ? undefined : sliceIfUnchanged(value, match.text);
  const source = { variable: nameOf(variable), variableSource: 'recovered' as const };
  return matched === undefined ? source : { ...source, matched };
}

/**
 * Offsets are into the value after the rule's transformations, so they hold for the value itself only where no usual
 * transformation would change its length: plain ASCII without escapes, entities, quotes, comments or double blanks.
 */
function sliceIfUnchanged(value: string, { offset, length }: { offset: number; length: number }): string | undefined {
  if (!/^[\w .,;:!?()<>=@-]*$/.test(value) || / {2}/.test(value)) return undefined;
  return value.slice(offset, offset + length) || undefined;
}

/** Whether two variables are the same one. */
export function isSame(a: Variable, b: Variable | undefined): boolean {
  return b !== undefined && a.collection === b.collection && a.key === b.key;
}
