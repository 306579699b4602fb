import type { FieldPath } from '../model/field.js';
import type { RequestSpec } from '../model/request.js';
import { withTextInBody } from './attack-body.js';
import { encodeRequest } from './encode-request.js';
import { includesField, isArgument, isCookieHeader } from './field-paths.js';
import { type RequestField, type RequestFields, requestFields } from './request-fields.js';
import { longestText, withText } from './xml-text.js';

/** Where text can be put so that rules see it in a field. */
export interface TextPlace {
  /** The fields that hold the text, the wanted one first. */
  readonly fields: readonly [FieldPath, ...FieldPath[]];
  /** The request with what it has there now, and no other arguments. */
  readonly request: RequestSpec;
  carry(text: string): RequestSpec;
}

/**
 * The place of a field in a request; nothing where no text can get there, as into a name or method that is fixed, or into
 * a number.
 */
export function textPlace(spec: RequestSpec, field: FieldPath): TextPlace | undefined {
  const taken = requestFields(spec);
  const own = indexOf(taken, (one) => includesField(field, one.field));
  if (own !== undefined) return inField(taken, own, [field]);
  switch (field.kind) {
    case 'body':
      return inAny(taken, field, ({ isInBody }) => isInBody);
    case 'header':
      return isCookieHeader(field) ? inAny(taken, field, (one) => one.field.kind === 'cookie') : undefined;
    case 'xml':
      return inDocument(spec, field);
    case 'url':
    case 'query-string':
      return asParameter(spec, field);
    case 'body-syntax':
      return asBody(spec, field);
    default:
      return undefined;
  }
}

function indexOf({ fields }: RequestFields, fits: (field: RequestField) => boolean): number | undefined {
  const index = fields.findIndex((field) => field.isText && fits(field));
  return index < 0 ? undefined : index;
}

function inAny(taken: RequestFields, wanted: FieldPath, fits: (field: RequestField) => boolean) {
  const index = indexOf(taken, fits);
  const found = index === undefined ? undefined : taken.fields[index];
  return index === undefined || found === undefined ? undefined : inField(taken, index, [wanted, found.field]);
}

/** Arguments beside the place are left out, so that rules have nothing but it to look at; headers and cookies stay. */
function inField({ fields, keep }: RequestFields, index: number, held: TextPlace['fields']): TextPlace {
  const isBeside = fields.map(({ field }) => isArgument(field) || field.kind === 'body');
  const kept = fields.map((_, at) => at).filter((at) => at === index || !isBeside[index] || !isBeside[at]);
  return { fields: held, request: keep(kept), carry: (text) => keep(kept, { field: index, text }) };
}

function inDocument(spec: RequestSpec, field: FieldPath): TextPlace | undefined {
  const { body } = spec;
  if (body.kind !== 'raw' || !('text' in body.content)) return undefined;
  const document = body.content.text;
  const longest = longestText(document);
  if (longest === undefined) return undefined;
  return { fields: [field], request: spec, carry: (text) => withBody(spec, withText(document, longest, text)) };
}

const parameter = 'q';

function asParameter(spec: RequestSpec, field: FieldPath): TextPlace {
  const carry = (text: string): RequestSpec => ({ ...spec, query: [[parameter, text]] });
  return { fields: [field, { kind: 'query', name: parameter }], request: spec, carry };
}

/** In a body that is as unreadable as it was: that is what such an exclusion is for. */
function asBody(spec: RequestSpec, field: FieldPath): TextPlace {
  return { fields: [field, { kind: 'body' }], request: spec, carry: withTextInBody(spec) };
}

function withBody(spec: RequestSpec, text: string): RequestSpec {
  const isType = ([name]: readonly [string, string]) => name.toLowerCase() === 'content-type';
  const type = encodeRequest(spec).headers.filter(isType);
  const headers = [...spec.headers.filter((header) => !isType(header)), ...type];
  return { ...spec, headers, body: { kind: 'raw', content: { text } } };
}
