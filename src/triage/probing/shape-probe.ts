import type { Pair, RequestSpec } from '../../model/request.js';
import { isCredential } from '../../request/credential-names.js';
import { encodeRequest } from '../../request/encode-request.js';
import { probeParameter } from '../../request/probe-request.js';
import { formText } from '../../request/read-body.js';
import { changeHeaders, withCookies, withoutHeaders } from './change-headers.js';
import { cookiesIn, headerValues, oddTexts } from './odd-texts.js';
import type { HeaderChange, Probe, ProbeBody } from './probe.js';
import { otherType, ownBody, shortBody, unnamedBody, withToken } from './probe-body.js';
import type { ProbeMaterial } from './probe-material.js';

/** So much of what a request holds is moved to another place, and of each text, in characters. */
const mostMoved = 4000;
const longestMoved = 1000;

/** The request of a probe; nothing where the refused request or the means leave nothing to change. */
export function shapeProbe(probe: Probe, original: RequestSpec, means: ProbeMaterial): RequestSpec | undefined {
  if (!isPossible(probe, original, means)) return undefined;
  const placed = placedAt(probe, original, means);
  const carrying = carry(probe.body, placed, means);
  if (carrying === undefined) return undefined;
  const changed = (probe.headers ?? []).reduce((request, change) => changeHeaders(request, change, means), carrying);
  const { moves } = probe;
  return moves === undefined ? changed : withTexts(changed, moved(oddTexts(original, moves.from)), moves.to);
}

function isPossible(probe: Probe, original: RequestSpec, means: ProbeMaterial): boolean {
  const { headers = [], from, isLater, isElsewhere } = probe;
  if (headers.includes('other-credentials') && means.credentials.length === 0) return false;
  if (headers.includes('fresh-cookies') && means.form === undefined) return false;
  if (from !== undefined && !means.hasOtherAddress) return false;
  if (isElsewhere === true && means.away === undefined) return false;
  if (!changesSomething(headers[0], original, means)) return false;
  return isLater !== true || means.mayWait;
}

/** Whether the request has what a probe takes away first. */
function changesSomething(change: HeaderChange | undefined, original: RequestSpec, { origin }: ProbeMaterial): boolean {
  switch (change) {
    case 'no-origin':
    case 'no-referer':
      return headerValues(original, change === 'no-origin' ? 'origin' : 'referer').length > 0;
    case 'own-host':
      return headerValues(original, 'host').some((host) => host.toLowerCase() !== new URL(origin).host);
    case 'no-credentials':
      return hasCredentials(original);
    default:
      return true;
  }
}

/** Whether a request says who is asking. */
export function hasCredentials(request: RequestSpec): boolean {
  return cookiesIn(request).length > 0 || request.headers.some(([name, value]) => isCredential(name, value));
}

function placedAt({ to, query, method }: Probe, original: RequestSpec, means: ProbeMaterial): RequestSpec {
  const { aside, away = aside } = means;
  const [path = '', ...rest] = original.path.split('?');
  const own = rest.length === 0 || query === 'dropped' ? '' : `?${rest.join('?')}`;
  return {
    ...original,
    method: method ?? original.method,
    path: `${{ here: path, aside, away }[to]}${own}`,
    query: query === 'dropped' ? [] : original.query,
  };
}

function carry(body: ProbeBody, placed: RequestSpec, means: ProbeMaterial): RequestSpec | undefined {
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
    case 'unnamed':
      return unnamedBody(placed);
    case 'with-token':
      return means.form && withToken(placed, means.form);
  }
}

function bodiless(request: RequestSpec): RequestSpec {
  const framed = /^(?:content-.+|transfer-encoding|expect)$/;
  const omittedHeaders = request.omittedHeaders.filter((name) => !framed.test(name));
  return { ...withoutHeaders(request, (name) => framed.test(name)), body: { kind: 'none' }, omittedHeaders };
}

function withTexts(request: RequestSpec, texts: readonly Pair[], to: 'query' | 'cookies'): RequestSpec | undefined {
  if (texts.length === 0) return undefined;
  if (to === 'query') return { ...request, query: [...request.query, ...texts] };
  const encoded = texts.map(([name, text]): Pair => [name, encodeURIComponent(text.toWellFormed())]);
  return withCookies(request, [...cookiesIn(request), ...encoded]);
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
