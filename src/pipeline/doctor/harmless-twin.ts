import type { LargestCase } from '../../contract/check.js';
import type { Pair, RequestSpec } from '../../model/request.js';
import { harmlessBody, isXml, letters, xmlBody } from '../../request/harmless-body.js';
import { probeHeaders } from '../../request/probe-request.js';
import { asGiven } from '../../request/read-body.js';
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
