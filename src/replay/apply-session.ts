import type { SessionValue } from '../model/case.js';
import { fail } from '../model/error.js';
import type { Content, JsonValue, Pair, Part, RequestBody, RequestSpec } from '../model/request.js';
import type { Session } from './session.js';

type Fill = (text: string) => string;

/**
 * The request as it is sent in a session: the tokens of `!session` values replaced, and the session's cookies put before
 * those of the case. A cookie of the case wins over one of the session, and a case that drops or writes the `Cookie`
 * header itself gets none. Fails with SESSION_FAILED if the session has no value of a name.
 */
export function applySession(spec: RequestSpec, sessionValues: readonly SessionValue[], session: Session): RequestSpec {
  const fill = filler(sessionValues, session);
  const headers = fillPairs(spec.headers, fill);
  return {
    method: spec.method,
    path: fill(spec.path),
    query: fillPairs(spec.query, fill),
    headers,
    cookies: [...sessionCookies(spec, session), ...fillPairs(spec.cookies, fill)],
    body: fillBody(spec.body, fill),
    omittedHeaders: spec.omittedHeaders,
  };
}

function filler(sessionValues: readonly SessionValue[], session: Session): Fill {
  const values = sessionValues.map(({ name, token }) => ({ token, value: sessionValue(name, session) }));
  return (text) => values.reduce((filled, { token, value }) => filled.replaceAll(token, () => value), text);
}

function sessionValue(name: string, session: Session): string {
  const value = session.values.get(name);
  if (value === undefined) throw fail('SESSION_FAILED', { reason: `the target's session has no value "${name}"` });
  return value;
}

function sessionCookies({ headers, cookies, omittedHeaders }: RequestSpec, session: Session): readonly Pair[] {
  const writesItself = headers.some(([name]) => name.toLowerCase() === 'cookie');
  if (writesItself || omittedHeaders.includes('cookie')) return [];
  const own = new Set(cookies.map(([name]) => name));
  return session.cookies.filter(([name]) => !own.has(name));
}

function fillPairs(pairs: readonly Pair[], fill: Fill): readonly Pair[] {
  return pairs.map(([name, value]): Pair => [fill(name), fill(value)]);
}

function fillBody(body: RequestBody, fill: Fill): RequestBody {
  switch (body.kind) {
    case 'none':
      return body;
    case 'form':
      return { ...body, fields: fillPairs(body.fields, fill) };
    case 'json':
      return { ...body, value: fillJson(body.value, fill) };
    case 'multipart':
      return { ...body, parts: body.parts.map((part) => fillPart(part, fill)) };
    case 'raw':
      return { ...body, content: fillContent(body.content, fill) };
  }
}

function fillPart(part: Part, fill: Fill): Part {
  return {
    ...part,
    name: fill(part.name),
    ...(part.filename !== undefined && { filename: fill(part.filename) }),
    content: fillContent(part.content, fill),
  };
}

/** Bytes that are not text hold no token. */
function fillContent(content: Content, fill: Fill): Content {
  return 'text' in content ? { text: fill(content.text) } : content;
}

function fillJson(value: JsonValue, fill: Fill): JsonValue {
  if (typeof value === 'string') return fill(value);
  if (typeof value !== 'object' || value === null) return value;
  if (isList(value)) return value.map((item) => fillJson(item, fill));
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [fill(key), fillJson(item, fill)]));
}

/** `Array.isArray` does not narrow readonly arrays. */
function isList(value: JsonValue): value is readonly JsonValue[] {
  return Array.isArray(value);
}
