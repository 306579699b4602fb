import type { FieldPath } from '../model/field.js';
import type { JsonValue, Pair, RequestBody, RequestSpec } from '../model/request.js';
import { pathTo } from './json-values.js';
import { mapJson } from './map-json.js';
import { asGiven, readBody } from './read-body.js';
import { cookiePairs } from './read-cookies.js';

/** The name that a field is to have; its own where it stays. */
export type NameFor = (field: FieldPath, name: string) => string;

/** The request with other names of parameters, fields, members and cookies, and all else as it is. */
export function withOtherNames(spec: RequestSpec, nameFor: NameFor): RequestSpec {
  return {
    ...spec,
    query: renamePairs(spec.query, 'query', nameFor),
    headers: spec.headers.map((header) => renameInHeader(header, nameFor)),
    cookies: renamePairs(spec.cookies, 'cookie', nameFor),
    body: asGiven(spec.body, renameInBody(readBody(spec), nameFor)),
  };
}

function renamePairs(pairs: readonly Pair[], kind: 'query' | 'form' | 'cookie', nameFor: NameFor): readonly Pair[] {
  return pairs.map(([name, value]): Pair => [nameFor({ kind, name }, name), value]);
}

function renameInHeader([name, value]: Pair, nameFor: NameFor): Pair {
  if (name.toLowerCase() !== 'cookie') return [name, value];
  const cookies = renamePairs(cookiePairs(value), 'cookie', nameFor);
  return [name, cookies.map((pair) => pair.join('=')).join('; ')];
}

function renameInBody(body: RequestBody, nameFor: NameFor): RequestBody {
  switch (body.kind) {
    case 'form':
      return { ...body, fields: renamePairs(body.fields, 'form', nameFor) };
    case 'json':
      return { ...body, value: renameMembers(body.value, nameFor) };
    case 'multipart':
      return {
        ...body,
        parts: body.parts.map((part) => ({ ...part, name: nameFor({ kind: 'part', name: part.name }, part.name) })),
      };
    default:
      return body;
  }
}

function renameMembers(document: JsonValue, nameFor: NameFor): JsonValue {
  const name = (own: string, place: Parameters<typeof pathTo>[0]) =>
    nameFor({ kind: 'json', path: pathTo(place) }, own);
  return mapJson(document, { name }) ?? document;
}
