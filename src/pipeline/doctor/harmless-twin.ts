import type { LargestCase } from '../../contract/check.js';
import type { JsonValue, Pair, Part, RequestBody, RequestSpec } from '../../model/request.js';
import { contentBytes } from '../../request/encode-request.js';
import { jsonText } from '../../request/json-text.js';
import { mapJson } from '../../request/map-json.js';
import { probeHeaders, probeParameter } from '../../request/probe-request.js';
import { asGiven, formText, readBody } from '../../request/read-body.js';
import { requestFields } from '../../request/request-fields.js';

const isType = ([name]: Pair) => name.toLowerCase() === 'content-type';

/**
 * A request to the same endpoint with a body of the same kind, fields and length, in which every text is nothing but one
 * letter.
 */
export function harmlessTwin({ request, bytes }: LargestCase): RequestSpec {
  return {
    method: request.method,
    path: request.path,
    query: [],
    headers: [...probeHeaders, ...request.headers.filter(isType)],
    cookies: [],
    body: asGiven(request.body, harmlessBody(request, bytes)),
    omittedHeaders: [],
  };
}

/** The same with the first of its fields alone, in which there is one letter: what has no limit of length refuse it. */
export function shortTwin(largest: LargestCase): RequestSpec {
  const twin = harmlessTwin(largest);
  const { fields, keep } = requestFields(twin);
  const first = fields.findIndex(({ isText, isInBody }) => isText && isInBody);
  if (isXml(twin)) return { ...twin, body: xmlBody(0) };
  if (first < 0) return { ...twin, body: { kind: 'raw', content: { text: letters(1) } } };
  const outside = fields.flatMap(({ isInBody }, at) => (isInBody ? [] : [at]));
  return keep([...outside, first], { field: first, text: letters(1) });
}

/** Limits differ for uploads and for the rest of a body, and there are some for the number of fields and their depth. */
function harmlessBody(request: RequestSpec, bytes: number): RequestBody {
  const body = readBody(request);
  switch (body.kind) {
    case 'form':
      return { kind: 'form', fields: body.fields.map(([name, value]): Pair => [name, lettersFor(value)]) };
    case 'json':
      return { kind: 'json', value: harmlessJson(body.value) };
    case 'multipart':
      return { ...body, parts: body.parts.map(harmlessPart) };
    case 'raw':
      return isXml(request) ? xmlBody(bytes) : { kind: 'raw', content: { text: letters(bytes) } };
    case 'none':
      return body;
  }
}

/** As many letters as a value has bytes in a form. */
function lettersFor(value: string): string {
  return letters(formText([['', value]]).length - '='.length);
}

function harmlessJson(document: JsonValue): JsonValue {
  const value = (one: JsonValue) => (typeof one === 'string' ? letters(Buffer.byteLength(jsonText(one)) - 2) : one);
  return mapJson(document, { value }) ?? null;
}

function harmlessPart({ name, content, filename }: Part): Part {
  const part = { name, content: { text: letters(contentBytes(content).length) } };
  return filename === undefined ? part : { ...part, filename: `${probeParameter}.txt`, type: 'text/plain' };
}

function isXml({ headers }: RequestSpec): boolean {
  return headers.some((header) => isType(header) && /^(?:application|text)\/(?:[\w.-]+\+)?xml/i.test(header[1]));
}

function xmlBody(bytes: number): RequestBody {
  return { kind: 'raw', content: { text: `<a>${letters(Math.max(1, bytes - '<a></a>'.length))}</a>` } };
}

/** So many of one letter. */
export function letters(count: number): string {
  return 'a'.repeat(Math.max(0, count));
}
