import type { Content, JsonValue, Pair, Part, RequestBody, RequestSpec } from '../model/request.js';
import { mapJson } from './map-json.js';

/** Turns text with placeholders into text with values. */
export type Fill = (text: string) => string;

/** A filler that puts values in the place of their tokens. */
export function fillerOf(values: readonly { readonly token: string; readonly value: string }[]): Fill {
  return (text) => values.reduce((filled, { token, value }) => filled.replaceAll(token, () => value), text);
}

/** The request with every text in it filled. Whatever has a length is measured later, when it is encoded. */
export function fillRequest(spec: RequestSpec, fill: Fill): RequestSpec {
  return {
    method: spec.method,
    path: fill(spec.path),
    query: fillPairs(spec.query, fill),
    headers: fillPairs(spec.headers, fill),
    cookies: fillPairs(spec.cookies, fill),
    body: fillBody(spec.body, fill),
    omittedHeaders: spec.omittedHeaders,
  };
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

function fillJson(document: JsonValue, fill: Fill): JsonValue {
  const value = (one: JsonValue) => (typeof one === 'string' ? fill(one) : one);
  return mapJson(document, { value, name: fill }) ?? null;
}
