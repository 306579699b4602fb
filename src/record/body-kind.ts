import type { JsonValue, Pair, Part, RequestBody } from '../model/request.js';
import { contentOf } from '../request/content-of.js';
import { contentBytes, encodeRequest } from '../request/encode-request.js';
import { isDeeper, walkJson } from '../request/json-values.js';
import { formText, isJsonType, maxJsonLevels } from '../request/read-body.js';
import { decodeUtf8 } from '../util/read-file.js';
import { boundaryIn, splitMultipart } from './split-multipart.js';

/**
 * A body in the notation that says most of it: fields, JSON or parts. Only where encoding it again gives the same bytes; else
 * it is written as it is.
 */
export function bodyKind(bytes: Uint8Array, type: string): RequestBody {
  if (bytes.length === 0) return { kind: 'none' };
  const body = structured(bytes, type);
  return body !== undefined && isSame(body, bytes) ? body : { kind: 'raw', content: contentOf(bytes) };
}

/** The same, but of another spelling where need be: what is in a body must be told apart to take a secret out of it. */
export function looseBodyKind(bytes: Uint8Array, type: string): RequestBody {
  if (bytes.length === 0) return { kind: 'none' };
  return structured(bytes, type) ?? { kind: 'raw', content: contentOf(bytes) };
}

function structured(bytes: Uint8Array, type: string): RequestBody | undefined {
  const boundary = boundaryIn(type);
  if (boundary !== undefined) return multipart(bytes, boundary);
  const text = decodeUtf8(bytes);
  if (text === undefined) return undefined;
  if (/^application\/x-www-form-urlencoded\s*(?:;|$)/i.test(type)) return { kind: 'form', fields: formFields(text) };
  return isJsonType(type) ? json(text) : undefined;
}

function formFields(text: string): readonly Pair[] {
  return [...new URLSearchParams(text)];
}

/** Nothing where it is no JSON, or nested deeper than a suite can have it. */
function json(text: string): RequestBody | undefined {
  try {
    const value = JSON.parse(text) as JsonValue;
    return isDeeper(value, maxJsonLevels) || !hasExactNumbers(value) ? undefined : { kind: 'json', value };
  } catch {
    return undefined;
  }
}

/** A suite takes no whole number that a double does not hold. */
function hasExactNumbers(document: JsonValue): boolean {
  for (const { kind, value } of walkJson(document))
    if (kind === 'value' && typeof value === 'number' && Number.isInteger(value) && !Number.isSafeInteger(value))
      return false;
  return true;
}

function multipart(bytes: Uint8Array, boundary: string): RequestBody | undefined {
  const found = splitMultipart(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength), boundary);
  const parts = found?.map(({ head, content }): Part => ({ ...head, content: contentOf(content) }));
  return parts === undefined || parts.length === 0 ? undefined : { kind: 'multipart', boundary, parts };
}

/** The query of a target as pairs, where encoding them again gives the same text. */
export function queryPairs(query: string): readonly Pair[] | undefined {
  const pairs = formFields(query);
  return formText(pairs) === query ? pairs : undefined;
}

function isSame(body: RequestBody, bytes: Uint8Array): boolean {
  return Buffer.from(encodedBytes(body)).equals(bytes);
}

function encodedBytes(body: RequestBody): Uint8Array {
  if (body.kind === 'raw') return contentBytes(body.content);
  return encodeRequest({ method: 'POST', path: '/', query: [], headers: [], cookies: [], omittedHeaders: [], body })
    .body;
}
