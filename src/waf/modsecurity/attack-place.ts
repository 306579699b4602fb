import { formatVariable, type Variable } from '../../model/evidence.js';
import type { Pair, RequestSpec } from '../../model/request.js';
import { encodeRequest } from '../../request/encode-request.js';
import { type RequestField, type RequestFields, requestFields, sameField } from './request-fields.js';

/** Where text can be put so that rules see it in a variable. */
export interface AttackPlace {
  /** The variables that hold the text, the wanted one first. */
  readonly variables: readonly [Variable, ...Variable[]];
  /** The request with what it has there now, and no other arguments. */
  readonly request: RequestSpec;
  carry(text: string): RequestSpec;
}

/**
 * The place of a variable in a request; nothing where no text can get there, as into a name or method that is fixed, or
 * into what the engine counts.
 */
export function attackPlace(spec: RequestSpec, variable: Variable): AttackPlace | undefined {
  const taken = requestFields(spec);
  const own = indexOf(taken, (field) => sameField(field.variable, source(variable)));
  if (own !== undefined) return inField(taken, own, [variable]);
  const { collection, key } = variable;
  if (collection === 'REQUEST_BODY') return inAny(taken, variable, ({ isInBody }) => isInBody);
  if (/^REQUEST_HEADERS:cookie$/i.test(formatVariable(variable)))
    return inAny(taken, variable, (field) => field.variable.collection === 'REQUEST_COOKIES');
  if (collection === 'XML' && key !== undefined) return inDocument(spec, variable);
  if (inQuery.has(collection)) return asParameter(spec, variable);
  return unread.has(collection) ? asBody(spec, variable) : undefined;
}

/** Variables that hold the query, beside what the path of an endpoint fixes. */
const inQuery = new Set(['QUERY_STRING', 'REQUEST_URI', 'REQUEST_URI_RAW', 'REQUEST_LINE']);

/** What the engine says of a body that it could not read. */
const unread = new Set(['REQBODY_ERROR', 'MULTIPART_STRICT_ERROR', 'MULTIPART_UNMATCHED_BOUNDARY']);

/** `TX:rfi_parameter_ARGS:url` is what an earlier rule took from `ARGS:url` (CRS 931130). */
function source(variable: Variable): Variable {
  const [, key] = /^TX:rfi_parameter_ARGS:(.+)$/s.exec(formatVariable(variable)) ?? [];
  return key === undefined ? variable : { collection: 'ARGS', key };
}

function indexOf({ fields }: RequestFields, fits: (field: RequestField) => boolean): number | undefined {
  const index = fields.findIndex((field) => field.isText && fits(field));
  return index < 0 ? undefined : index;
}

function inAny(taken: RequestFields, variable: Variable, fits: (field: RequestField) => boolean) {
  const index = indexOf(taken, fits);
  const field = index === undefined ? undefined : taken.fields[index];
  return index === undefined || field === undefined ? undefined : inField(taken, index, [variable, field.variable]);
}

/** Arguments beside the place are left out, so that rules have nothing but it to look at; headers and cookies stay. */
function inField({ fields, keep }: RequestFields, index: number, variables: AttackPlace['variables']): AttackPlace {
  const isArgument = (at: number) => /^(?:ARGS|FILES|REQUEST_BODY)$/.test(fields[at]?.variable.collection ?? '');
  const kept = fields.map((_, at) => at).filter((at) => at === index || !isArgument(index) || !isArgument(at));
  return { variables, request: keep(kept), carry: (text) => keep(kept, { field: index, text }) };
}

/** The longest text of an XML document. */
function inDocument(spec: RequestSpec, variable: Variable): AttackPlace | undefined {
  const { body } = spec;
  if (body.kind !== 'raw' || !('text' in body.content)) return undefined;
  const document = body.content.text;
  const texts = [...document.matchAll(/>([^<>]+)</g)].filter(([, text = '']) => text.trim() !== '');
  const longest = texts.toSorted((a, b) => b[0].length - a[0].length)[0];
  if (longest === undefined) return undefined;
  const before = document.slice(0, longest.index + 1);
  const after = document.slice(longest.index + longest[0].length - 1);
  const carry = (text: string) => withBody(spec, `${before}${escapeXml(text)}${after}`);
  return { variables: [variable], request: spec, carry };
}

function escapeXml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

const parameter = 'q';

function asParameter(spec: RequestSpec, variable: Variable): AttackPlace {
  const carry = (text: string): RequestSpec => ({ ...spec, query: [[parameter, text]] });
  return { variables: [variable, { collection: 'ARGS', key: parameter }], request: spec, carry };
}

/** In the place of the whole body, under the type that it has: what cannot be read is what such an exclusion is for. */
function asBody(spec: RequestSpec, variable: Variable): AttackPlace {
  const carry = (text: string) => withBody(spec, text);
  return { variables: [variable, { collection: 'REQUEST_BODY' }], request: spec, carry };
}

function withBody(spec: RequestSpec, text: string): RequestSpec {
  const isType = ([name]: Pair) => name.toLowerCase() === 'content-type';
  const type = encodeRequest(spec).headers.filter(isType);
  const headers = [...spec.headers.filter((header) => !isType(header)), ...type];
  return { ...spec, headers, body: { kind: 'raw', content: { text } } };
}
