import type { Pair, RequestBody, RequestSpec } from '../../model/request.js';
import { isCredential } from '../../request/credential-names.js';
import { encodeRequest } from '../../request/encode-request.js';
import { probeParameter } from '../../request/probe-request.js';
import { formText } from '../../request/read-body.js';
import { changeHeaders, withHeader, withoutHeaders } from './change-headers.js';
import { cookiesIn, headerValues, oddTexts } from './odd-texts.js';
import type { Probe } from './probe.js';
import { otherType, ownBody, shortBody, withToken } from './probe-body.js';
import type { ProbeMaterial } from './probe-material.js';

/** So much of what a request holds is moved to another place, and of each text, in characters. */
const mostMoved = 4000;
const longestMoved = 1000;

/** The request of a probe; nothing where the refused request or the means leave nothing to change. */
export function shapeProbe(probe: Probe, original: RequestSpec, means: ProbeMaterial): RequestSpec | undefined {
  if (!isPossible(probe, original, means)) return undefined;
  const placed = placedAt(probe, original, means);
  const carrying = carry(probe, placed, original, means);
  return carrying && (probe.headers ?? []).reduce((request, change) => changeHeaders(request, change, means), carrying);
}

function isPossible({ headers = [], from, isLater }: Probe, original: RequestSpec, means: ProbeMaterial): boolean {
  const needs = (change: (typeof headers)[number]) => headers.includes(change);
  if (needs('other-credentials') && means.credentials.length === 0) return false;
  if (needs('fresh-cookies') && means.form === undefined) return false;
  if (from !== undefined && !means.hasOtherAddress) return false;
  if (headers[0] === 'no-origin' && headerValues(original, 'origin').length === 0) return false;
  if (needs('no-credentials') && !hasCredentials(original)) return false;
  return isLater !== true || means.mayWait;
}

/** Whether a request says who is asking. */
export function hasCredentials(request: RequestSpec): boolean {
  return cookiesIn(request).length > 0 || request.headers.some(([name, value]) => isCredential(name, value));
}

function placedAt({ to, query, method }: Probe, original: RequestSpec, { aside }: ProbeMaterial): RequestSpec {
  const [path = '', ...rest] = original.path.split('?');
  const own = rest.length === 0 || query === 'dropped' ? '' : `?${rest.join('?')}`;
  return {
    ...original,
    method: method ?? original.method,
    path: `${to === 'here' ? path : aside}${own}`,
    query: query === 'dropped' ? [] : original.query,
  };
}

function carry(
  probe: Probe,
  placed: RequestSpec,
  original: RequestSpec,
  means: ProbeMaterial,
): RequestSpec | undefined {
  const { body, query } = probe;
  if (query === 'texts-of-body') return withTextsInQuery(bodiless(placed), oddTexts(original, 'body'));
  if (typeof body === 'object') return withTextsInBody(bodiless(placed), oddTexts(original, body.textsOf));
  switch (body) {
    case 'none':
      return bodiless(placed);
    case 'own':
      return placed;
    case 'harmless':
      return ownBody(placed);
    case 'short':
      return shortBody(placed);
    case 'other-type':
      return otherType(placed);
    case 'with-token':
      return withToken(placed, means.form?.fields ?? []);
  }
}

function bodiless(request: RequestSpec): RequestSpec {
  const framed = /^(?:content-.+|transfer-encoding|expect)$/;
  const omittedHeaders = request.omittedHeaders.filter((name) => !framed.test(name));
  return { ...withoutHeaders(request, (name) => framed.test(name)), body: { kind: 'none' }, omittedHeaders };
}

function withTextsInQuery(request: RequestSpec, texts: readonly string[]): RequestSpec | undefined {
  const fields = moved(texts);
  return fields.length === 0 ? undefined : { ...request, query: [...request.query, ...fields] };
}

function withTextsInBody(request: RequestSpec, texts: readonly string[]): RequestSpec | undefined {
  const fields = moved(texts);
  if (fields.length === 0) return undefined;
  const body: RequestBody = { kind: 'form', fields };
  return withHeader({ ...request, body }, 'Content-Type', 'application/x-www-form-urlencoded');
}

/** What was encoded in its place is so no more. */
function moved(texts: readonly string[]): readonly Pair[] {
  const fields: Pair[] = [];
  let length = 0;
  for (const text of texts) {
    const field: Pair = [`${probeParameter}${fields.length}`, text.slice(0, longestMoved)];
    length += formText([field]).length;
    if (length > mostMoved) break;
    fields.push(field);
  }
  return fields;
}

/** Two requests that come to the same bytes are one. */
export function wireKey(request: RequestSpec): string {
  const { method, target, headers, body } = encodeRequest(request);
  const fields = headers.map(([name, value]) => `${name.toLowerCase()}: ${value}`);
  return JSON.stringify([method, target, fields, Buffer.from(body).toString('base64')]);
}
