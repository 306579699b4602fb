import type { FieldNames } from '../../contract/field-names.js';
import { type Found, findSmallest, type Probing } from '../../minimize/find-smallest.js';
import { minimizeRequest, type RequestHints, type RequestPart } from '../../minimize/minimize-request.js';
import { showInContext } from '../../minimize/show-in-context.js';
import type { RuleHit } from '../../model/evidence.js';
import type { FieldPath } from '../../model/field.js';
import type { RequestSpec } from '../../model/request.js';
import { includesField, isCookieHeader } from '../../request/field-paths.js';
import { type RequestField, type RequestFields, requestFields } from '../../request/request-fields.js';
import { matchFinder } from '../../util/find-match.js';

/** A hit to be minimized, and the request that it was seen in. */
export interface HitInRequest {
  readonly request: RequestSpec;
  readonly hit: RuleHit;
}

/** What a search begins with. */
export interface Searched {
  readonly taken: RequestFields;
  /** Fields that the rule is said to look at, the likeliest first. */
  readonly suspected: readonly number[];
  /** What the rule matched, as far as the latest answer tells. */
  readonly matched: () => string | undefined;
}

/** Whether a hit is about a value that can be shortened, and not about a name, the method or what the engine made. */
export function isShortenable(target: HitInRequest, names: FieldNames): boolean {
  return suspects(target, requestFields(target.request), names).length > 0;
}

/** The smallest part of a request with which a rule still fires, whoever is asked. */
export function searchRequest(
  { taken: { fields }, suspected, matched }: Searched,
  probing: Omit<Probing<RequestPart>, 'keyOf'>,
): Promise<Found<RequestPart>> {
  return findSmallest(minimizeRequest(fields, hintsOf(suspected, fields, matched)), {
    ...probing,
    keyOf: (part) => partKey(part, fields),
  });
}

/** Equal for parts that are the same request. */
export function partKey({ kept, shortened }: RequestPart, fields: readonly RequestField[]): string {
  return JSON.stringify([kept, shortened && textIn(shortened, fields)]);
}

/** A text that is the whole value is no change. */
function textIn({ field, excerpt }: NonNullable<RequestPart['shortened']>, fields: readonly RequestField[]) {
  return excerpt.value === fields[field]?.value ? undefined : excerpt.value;
}

export function requestOf({ kept, shortened }: RequestPart, { keep }: RequestFields): RequestSpec {
  return keep(kept, shortened && { field: shortened.field, text: shortened.excerpt.value });
}

/** Each suspect may suffice by itself, with the header that tells how the body is to be read. */
function hintsOf(
  suspected: readonly number[],
  fields: readonly RequestField[],
  matched: () => string | undefined,
): RequestHints {
  const type = fields.findIndex(({ field }) => includesField(contentType, field));
  const needsType = (index: number) => type >= 0 && type !== index && fields[index]?.isInBody === true;
  return {
    suspects: suspected,
    guesses: suspected.slice(0, maxGuesses).map((index) => (needsType(index) ? [index, type] : [index]).sort(byNumber)),
    matchIn(index) {
      const text = matched();
      const found = text === undefined ? undefined : matchFinder(fields[index]?.value ?? '')(text);
      return found && [found.start, found.end];
    },
  };
}

const contentType: FieldPath = { kind: 'header', name: 'Content-Type' };
const maxGuesses = 3;

function byNumber(a: number, b: number): number {
  return a - b;
}

/**
 * The fields that the hit's variable is. A hit in the body as a whole, or in the header that holds all cookies, is about
 * one of their fields: rather one that holds what matched, rather a long one.
 */
export function suspects(
  { request, hit }: HitInRequest,
  { fields }: RequestFields,
  names: FieldNames,
): readonly number[] {
  const { variable, matched } = hit;
  const wanted = names.fieldsIn(request)(variable);
  if (wanted === undefined) return [];
  const own = indices(fields, ({ field }) => includesField(wanted, field));
  const pool = own.length > 0 ? own : indices(fields, (field) => field.isText && isPartOf(field, wanted));
  if (pool.length < 2) return pool;
  const rank = (index: number) => {
    const { value } = fields[index] ?? { value: '' };
    const holds = matched !== undefined && matchFinder(value)(matched) !== undefined;
    return holds ? Number.POSITIVE_INFINITY : value.length;
  };
  const ranks = new Map(pool.map((index) => [index, rank(index)]));
  return pool.toSorted((a, b) => ((ranks.get(a) ?? 0) < (ranks.get(b) ?? 0) ? 1 : -1));
}

function isPartOf({ field, isInBody }: RequestField, whole: FieldPath): boolean {
  return whole.kind === 'body' ? isInBody : isCookieHeader(whole) && field.kind === 'cookie';
}

function indices(fields: readonly RequestField[], fits: (field: RequestField) => boolean): readonly number[] {
  return fields.flatMap((field, index) => (fits(field) ? [index] : []));
}

/** Nothing where the value of no single field matters. */
export function describePart(
  part: RequestPart,
  { ruleId }: Pick<RuleHit, 'ruleId'>,
  taken: RequestFields,
  { nameOf }: FieldNames,
) {
  const { shortened } = part;
  const found = shortened && taken.fields[shortened.field];
  if (shortened === undefined || found === undefined) return undefined;
  const { field } = found;
  const { value, ranges } = shortened.excerpt;
  const context = showInContext(found.value, ranges);
  return { ruleId, variable: nameOf(field), field, value, ranges, context, request: requestOf(part, taken) };
}
