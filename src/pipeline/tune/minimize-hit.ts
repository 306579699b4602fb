import { findSmallest } from '../../minimize/find-smallest.js';
import { minimizeRequest, type RequestHints, type RequestPart } from '../../minimize/minimize-request.js';
import { showInContext } from '../../minimize/show-in-context.js';
import { formatVariable, type RuleHit } from '../../model/evidence.js';
import type { Minimal } from '../../model/minimal.js';
import type { RequestSpec } from '../../model/request.js';
import { matchFinder } from '../../util/find-match.js';
import {
  fieldName,
  type RequestField,
  type RequestFields,
  requestFields,
} from '../../waf/modsecurity/request-fields.js';
import type { ProbeEngine } from './probe-engine.js';

/** A hit to be minimized, and the request that it was seen in. */
export interface Target {
  readonly request: RequestSpec;
  readonly hit: RuleHit;
}

/** What came of a target; a reason where there is no minimal. */
export type Minimized =
  | { readonly kind: 'minimal'; readonly minimal: Minimal }
  | { readonly kind: 'none'; readonly reason: 'not-reproduced' | 'flaky' | 'several-fields' };

/** Whether a hit is about a value that can be shortened, and not about a name, the method or what the engine made. */
export function isShortenable({ request, hit }: Target): boolean {
  return suspects(requestFields(request).fields, hit).length > 0;
}

/**
 * The smallest request with which the rule still fires on the same variable.
 * @param small an engine with the rule, which does the searching
 * @param full has the last word, and does the searching where the small engine lacks what makes the rule fire
 */
export async function minimizeHit(target: Target, small: ProbeEngine, full: ProbeEngine): Promise<Minimized> {
  const taken = requestFields(target.request);
  const quick = await search(target.hit, taken, small, full);
  const found = quick.kind === 'found' ? quick : await search(target.hit, taken, full, full);
  if (found.kind === 'given-up') return { kind: 'none', reason: found.reason };
  const probes = found === quick ? found.probes : quick.probes + found.probes;
  return describe(found.smallest, probes, found.isComplete, target.hit, taken);
}

function search(hit: RuleHit, taken: RequestFields, engine: ProbeEngine, full: ProbeEngine) {
  const { fields } = taken;
  let { matched } = hit;
  const firing = async (asked: ProbeEngine, part: RequestPart) => {
    const hits = await asked.hits(requestOf(part, taken));
    return hits.find((one) => isSame(one, hit));
  };
  return findSmallest(
    minimizeRequest(
      fields,
      hintsOf(hit, fields, () => matched),
    ),
    {
      oracle: async (part) => {
        const fired = await firing(engine, part);
        matched = fired?.matched ?? matched;
        return fired !== undefined;
      },
      confirm: async (part) => (await firing(full, part)) !== undefined,
      keyOf: ({ kept, shortened }) => JSON.stringify([kept, shortened && textIn(shortened, fields)]),
    },
  );
}

/** A text that is the whole value is no change. */
function textIn({ field, excerpt }: NonNullable<RequestPart['shortened']>, fields: readonly RequestField[]) {
  return excerpt.value === fields[field]?.value ? undefined : excerpt.value;
}

function requestOf({ kept, shortened }: RequestPart, { keep }: RequestFields): RequestSpec {
  return keep(kept, shortened && { field: shortened.field, text: shortened.excerpt.value });
}

function isSame({ ruleId, variable, candidates = [] }: RuleHit, wanted: RuleHit): boolean {
  const name = formatVariable(wanted.variable);
  return ruleId === wanted.ruleId && [variable, ...candidates].some((one) => formatVariable(one) === name);
}

/** Each suspect may suffice by itself, with the header that tells how the body is to be read. */
function hintsOf(hit: RuleHit, fields: readonly RequestField[], matched: () => string | undefined): RequestHints {
  const suspected = suspects(fields, hit);
  const type = fields.findIndex(({ variable }) => /^REQUEST_HEADERS:content-type$/i.test(formatVariable(variable)));
  const needsType = (field: number) => type >= 0 && type !== field && fields[field]?.isInBody === true;
  return {
    suspects: suspected,
    guesses: suspected.slice(0, maxGuesses).map((field) => (needsType(field) ? [field, type] : [field]).sort(byNumber)),
    matchIn(field) {
      const text = matched();
      const found = text === undefined ? undefined : matchFinder(fields[field]?.value ?? '')(text);
      return found && [found.start, found.end];
    },
  };
}

const maxGuesses = 3;

function byNumber(a: number, b: number): number {
  return a - b;
}

/**
 * The fields that bear the name of the hit's variable. A hit in the body as a whole, or in the header that holds all
 * cookies, is about one of their fields: rather one that holds what matched, rather a long one.
 */
function suspects(fields: readonly RequestField[], { variable, matched }: RuleHit): readonly number[] {
  const name = fieldName(variable);
  const own = indices(fields, (field) => fieldName(field.variable) === name);
  const pool = own.length > 0 ? own : indices(fields, ({ isText, ...field }) => isText && isPartOf(field, name));
  if (pool.length < 2) return pool;
  const rank = (index: number) => {
    const { value } = fields[index] ?? { value: '' };
    const holds = matched !== undefined && matchFinder(value)(matched) !== undefined;
    return holds ? Number.POSITIVE_INFINITY : value.length;
  };
  const ranks = new Map(pool.map((index) => [index, rank(index)]));
  return pool.toSorted((a, b) => ((ranks.get(a) ?? 0) < (ranks.get(b) ?? 0) ? 1 : -1));
}

function isPartOf({ variable, isInBody }: Omit<RequestField, 'isText'>, name: string): boolean {
  if (name === 'REQUEST_BODY') return isInBody;
  return /^REQUEST_HEADERS:cookie$/i.test(name) && variable.collection === 'REQUEST_COOKIES';
}

function indices(fields: readonly RequestField[], fits: (field: RequestField) => boolean): readonly number[] {
  return fields.flatMap((field, index) => (fits(field) ? [index] : []));
}

function describe(
  part: RequestPart,
  probes: number,
  isComplete: boolean,
  { ruleId }: RuleHit,
  taken: RequestFields,
): Minimized {
  const { shortened } = part;
  const field = shortened && taken.fields[shortened.field];
  if (shortened === undefined || field === undefined) return { kind: 'none', reason: 'several-fields' };
  const { value, ranges } = shortened.excerpt;
  const context = showInContext(field.value, ranges);
  const request = requestOf(part, taken);
  const minimal = { ruleId, variable: field.variable, value, ranges, context, request, probes };
  return { kind: 'minimal', minimal: isComplete ? minimal : { ...minimal, isIncomplete: true } };
}
