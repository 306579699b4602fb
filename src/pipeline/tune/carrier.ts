import type { FieldNames } from '../../contract/field-names.js';
import type { Variable } from '../../model/evidence.js';
import type { Exclusion } from '../../model/exclusion.js';
import type { FieldPath } from '../../model/field.js';
import type { CaseResult } from '../../model/report.js';
import type { RequestSpec } from '../../model/request.js';
import { type TextPlace, textPlace } from '../../request/text-place.js';
import { actsOn } from './acts-on.js';

/** A request of a case with a place for an attack: the place that an exclusion frees, and nothing beside it. */
export interface Carrier extends Omit<TextPlace, 'fields'> {
  /** The variables that hold the text, the freed one first. */
  readonly variables: readonly [Variable, ...Variable[]];
  /** What decides which rules look at the place: what kind of field it is, and how it is encoded. */
  readonly kind: string;
}

/** The request of the first case that needed an exclusion and has a place for text. */
export function findCarrier(
  exclusion: Exclusion,
  cases: readonly CaseResult[],
  names: FieldNames,
): Carrier | undefined {
  if (exclusion.effect === 'change-setting') return undefined;
  for (const result of cases) {
    if (!actsOn(exclusion, result.request)) continue;
    for (const variable of freedVariables(exclusion, result, names)) {
      const carrier = carrierOf(result.request, variable, names);
      if (carrier !== undefined) return carrier;
    }
  }
  return undefined;
}

function freedVariables(
  { variable, elements = 1, ruleIds }: Exclusion,
  { hits }: CaseResult,
  { elementsOf }: FieldNames,
): readonly Variable[] {
  if (variable !== undefined) return elementsOf(variable, elements);
  return hits.filter(({ ruleId }) => ruleIds.includes(Number(ruleId))).map((hit) => hit.variable);
}

function carrierOf(request: RequestSpec, variable: Variable, names: FieldNames): Carrier | undefined {
  const field = names.fieldsIn(request)(variable);
  const place = field && textPlace(request, field);
  if (place === undefined) return undefined;
  const { fields, ...rest } = place;
  const [own, ...others] = fields;
  return { ...rest, variables: [variable, ...others.map(names.nameOf)], kind: kindOf(place.carry(''), own) };
}

/** Names of headers that rules single out, such as `User-Agent`; of those that begin with `X-`, names of uploads only. */
const ownHeader = /^x-(?!file-?name)/i;

/** Cookies of web analytics, which most rules of the Core Rule Set leave out. */
const spared = /__utm|_pk_ref/;

/** Rules tell headers apart by name, and all else by the way in which it comes. */
function kindOf({ query, body, headers }: RequestSpec, field: FieldPath): string {
  const { name = '' } = 'name' in field ? field : {};
  if (field.kind === 'cookie') return `${field.kind} ${spared.test(name) ? name : ''}`;
  if (field.kind === 'header') return `${field.kind} ${ownHeader.test(name) ? 'X-' : name.toLowerCase()}`;
  const type = headers.find(([own]) => own.toLowerCase() === 'content-type')?.[1].replace(/;.*$/s, '') ?? '';
  const side = field.kind === 'part' && field.of !== undefined ? `${field.kind} ${field.of}` : field.kind;
  return `${side} ${query.length > 0 ? 'query' : `${body.kind} ${type.toLowerCase()}`}`;
}
