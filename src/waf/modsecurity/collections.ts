import type { Variable } from '../../model/evidence.js';
import type { FieldPath } from '../../model/field.js';
import type { RequestSpec } from '../../model/request.js';
import { cookiePairs } from '../../request/read-cookies.js';
import type { ArgumentSource } from './argument-fields.js';

/** Where names are looked up. */
export interface RequestPlaces {
  readonly request: RequestSpec;
  argument(name: string, source: ArgumentSource): FieldPath;
}

type Find = (key: string | undefined, places: RequestPlaces) => FieldPath;

/** What a variable is in a request; nothing for what the engine counts or makes itself. Collections have no case. */
export function fieldAt({ collection, key }: Variable, places: RequestPlaces): FieldPath | undefined {
  return collections[collection.toUpperCase()]?.(key, places);
}

const collections: Readonly<Record<string, Find>> = {
  ARGS: argument('any'),
  ARGS_GET: argument('query'),
  ARGS_POST: argument('body'),
  ARGS_NAMES: nameIn(argument('any')),
  ARGS_GET_NAMES: nameIn(argument('query')),
  ARGS_POST_NAMES: nameIn(argument('body')),
  REQUEST_HEADERS: header,
  REQUEST_HEADERS_NAMES: nameIn(header),
  REQUEST_COOKIES: cookie,
  REQUEST_COOKIES_NAMES: nameIn(cookie),
  FILES: part('filename'),
  FILES_NAMES: part('name'),
  FILES_TMP_CONTENT: part('file'),
  MULTIPART_FILENAME: part('filename'),
  MULTIPART_NAME: part('name'),
  MULTIPART_PART_HEADERS: part('headers'),
  REQUEST_METHOD: () => ({ kind: 'method' }),
  REQUEST_LINE: () => ({ kind: 'url' }),
  REQUEST_URI: () => ({ kind: 'url' }),
  REQUEST_URI_RAW: () => ({ kind: 'url' }),
  REQUEST_FILENAME: () => ({ kind: 'path' }),
  REQUEST_BASENAME: () => ({ kind: 'path' }),
  PATH_INFO: () => ({ kind: 'path' }),
  QUERY_STRING: () => ({ kind: 'query-string' }),
  REQUEST_BODY: () => ({ kind: 'body' }),
  FULL_REQUEST: () => ({ kind: 'body' }),
  JSON: () => ({ kind: 'json', path: [] }),
  XML: (key = '') => (key.startsWith('//@') ? { kind: 'xml', of: 'attributes' } : { kind: 'xml' }),
  REQBODY_ERROR: () => ({ kind: 'body-syntax' }),
  REQBODY_PROCESSOR_ERROR: () => ({ kind: 'body-syntax' }),
  MULTIPART_STRICT_ERROR: () => ({ kind: 'body-syntax' }),
  MULTIPART_UNMATCHED_BOUNDARY: () => ({ kind: 'body-syntax' }),
};

const unnamed = { any: 'argument', query: 'query', body: 'form' } as const;

function argument(source: ArgumentSource): Find {
  return (name, places) => {
    if (name !== undefined) return places.argument(name, source);
    return { kind: unnamed[source] };
  };
}

function header(key: string | undefined, { request }: RequestPlaces): FieldPath {
  if (key === undefined) return { kind: 'header' };
  return { kind: 'header', name: asSent(key, () => request.headers.map(([name]) => name)) };
}

function cookie(key: string | undefined, { request: { cookies, headers } }: RequestPlaces): FieldPath {
  if (key === undefined) return { kind: 'cookie' };
  const given = headers.filter(([name]) => name.toLowerCase() === 'cookie').flatMap(([, value]) => cookiePairs(value));
  return { kind: 'cookie', name: asSent(key, () => [...cookies, ...given].map(([name]) => name)) };
}

/** Engines do not mind the case of names, and some write them in lower case. */
function asSent(key: string, sent: () => readonly string[]): string {
  const names = sent();
  const lower = key.toLowerCase();
  return names.includes(key) ? key : (names.find((name) => name.toLowerCase() === lower) ?? key);
}

function part(of: 'name' | 'filename' | 'file' | 'headers'): Find {
  return (name) => ({ kind: 'part', ...(name !== undefined && { name }), of });
}

function nameIn(find: Find): Find {
  return (key, places) => {
    const field = find(key, places);
    return isNamed(field) ? { ...field, of: 'name' } : field;
  };
}

type Named = Extract<FieldPath, { kind: 'query' | 'form' | 'argument' | 'header' | 'cookie' | 'json' | 'part' }>;

function isNamed(field: FieldPath): field is Named {
  return ['query', 'form', 'argument', 'part', 'json', 'header', 'cookie'].includes(field.kind);
}
