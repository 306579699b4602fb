import { formatVariable, type Variable } from '../../model/evidence.js';
import type { JsonValue, Pair, Part, RequestBody, RequestSpec } from '../../model/request.js';

/** One value of a request that can be left out or changed without touching the others. */
export interface RequestField {
  /** The name that rules have for it. */
  readonly variable: Variable;
  readonly value: string;
  /** It can become another text; a number or a file without text can only be left out. */
  readonly isText: boolean;
  readonly isInBody: boolean;
}

/** A request as a list of its values. */
export interface RequestFields {
  readonly fields: readonly RequestField[];
  /** The request with no other fields than these; `changed` gives one of them another text. */
  keep(kept: readonly number[], changed?: { readonly field: number; readonly text: string }): RequestSpec;
}

/** Whether two variables name one field: some rules look at the arguments of one place only. */
export function sameField(a: Variable, b: Variable): boolean {
  return fieldName(a) === fieldName(b);
}

/** The name of a field, whichever place the rules that look at it are for. */
export function fieldName({ collection, ...rest }: Variable): string {
  return formatVariable({ ...rest, collection: collection.replace(/^ARGS_(?:GET|POST)$/, 'ARGS') });
}

/** What becomes of one value: a text, or nothing where it is left out. Values come in the same order every time. */
type Visit = (field: RequestField) => string | undefined;

/**
 * Takes a request apart into header fields, cookies, parameters and what its body is made of: form fields, the values in
 * JSON, parts of a multipart body, or the body as one text. Method and path belong to every part of it.
 */
export function requestFields(spec: RequestSpec): RequestFields {
  const fields: RequestField[] = [];
  rebuild(spec, (field) => {
    fields.push(field);
    return field.value;
  });
  return {
    fields,
    keep(kept, changed) {
      if (kept.length === fields.length && changed === undefined) return spec;
      const wanted = new Set(kept);
      let index = -1;
      return rebuild(spec, ({ value }) => {
        index += 1;
        if (!wanted.has(index)) return undefined;
        return index === changed?.field ? changed.text : value;
      });
    },
  };
}

function rebuild(spec: RequestSpec, visit: Visit): RequestSpec {
  return {
    ...spec,
    query: keepPairs(spec.query, 'ARGS', visit),
    headers: spec.headers.flatMap(([name, value]) => keepHeader(name, value, visit)),
    cookies: keepPairs(spec.cookies, 'REQUEST_COOKIES', visit),
    body: rebuildBody(spec, visit),
  };
}

function keepPairs(pairs: readonly Pair[], collection: string, visit: Visit, isInBody = false): readonly Pair[] {
  return pairs.flatMap(([key, value]): readonly Pair[] => {
    const text = visit({ variable: { collection, key }, value, isText: true, isInBody });
    return text === undefined ? [] : [[key, text]];
  });
}

/** Cookies that were given as one header field are several values all the same. */
function keepHeader(name: string, value: string, visit: Visit): readonly Pair[] {
  if (name.toLowerCase() !== 'cookie') return keepPairs([[name, value]], 'REQUEST_HEADERS', visit);
  const pairs = value.split(/; */).map((piece): Pair => {
    const equals = piece.indexOf('=');
    return equals < 0 ? [piece, ''] : [piece.slice(0, equals), piece.slice(equals + 1)];
  });
  const kept = keepPairs(pairs, 'REQUEST_COOKIES', visit).map((pair) => pair.join('='));
  return kept.length === 0 ? [] : [[name, kept.join('; ')]];
}

const nothing: RequestBody = { kind: 'none' };

function rebuildBody(spec: RequestSpec, visit: Visit): RequestBody {
  const { body } = spec;
  switch (body.kind) {
    case 'none':
      return body;
    case 'form': {
      const fields = keepPairs(body.fields, 'ARGS', visit, true);
      return fields.length === 0 ? nothing : { ...body, fields };
    }
    case 'json': {
      const value = keepJson(body.value, 'json', visit);
      return value === undefined ? nothing : { ...body, value };
    }
    case 'multipart': {
      const parts = body.parts.flatMap((part) => keepPart(part, visit));
      return parts.length === 0 ? nothing : { ...body, parts };
    }
    case 'raw':
      return rebuildRaw(spec, body, visit);
  }
}

/** A body that was given as text is what its Content-Type says it is. */
function rebuildRaw({ headers }: RequestSpec, body: RequestBody & { kind: 'raw' }, visit: Visit): RequestBody {
  const type = headers.find(([name]) => name.toLowerCase() === 'content-type')?.[1] ?? '';
  const text = 'text' in body.content ? body.content.text : undefined;
  const json = text !== undefined && isJson(type) ? parseJson(text) : undefined;
  if (json !== undefined) return asRaw(mapDefined(keepJson(json, 'json', visit), (value) => JSON.stringify(value)));
  if (text !== undefined && /^application\/x-www-form-urlencoded/i.test(type)) {
    const kept = keepPairs([...new URLSearchParams(text)], 'ARGS', visit, true);
    const pairs = kept.map(([name, value]): [string, string] => [name, value]);
    return asRaw(pairs.length === 0 ? undefined : new URLSearchParams(pairs).toString());
  }
  const variable = { collection: 'REQUEST_BODY' };
  const kept = visit({ variable, value: text ?? '', isText: text !== undefined, isInBody: true });
  return text === undefined && kept !== undefined ? body : asRaw(kept);
}

function isJson(type: string): boolean {
  return /^application\/(?:[\w.-]+\+)?json/i.test(type);
}

function asRaw(text: string | undefined): RequestBody {
  return text === undefined ? nothing : { kind: 'raw', content: { text } };
}

function mapDefined<T, R>(value: T | undefined, fn: (value: T) => R): R | undefined {
  return value === undefined ? undefined : fn(value);
}

/** Nothing too for what is nested deeper than engines take (`SecRequestBodyJsonDepthLimit`). */
function parseJson(text: string): JsonValue | undefined {
  try {
    const value = JSON.parse(text) as JsonValue;
    return isShallow(value, maxDepth) ? value : undefined;
  } catch {
    return undefined;
  }
}

const maxDepth = 512;

function isShallow(value: JsonValue, levels: number): boolean {
  if (typeof value !== 'object' || value === null) return true;
  return levels > 0 && Object.values(value).every((inner: JsonValue) => isShallow(inner, levels - 1));
}

function keepPart(part: Part, visit: Visit): readonly Part[] {
  const { name: key, filename, content } = part;
  if (filename !== undefined) {
    const kept = visit({ variable: { collection: 'FILES', key }, value: filename, isText: true, isInBody: true });
    return kept === undefined ? [] : [{ ...part, filename: kept }];
  }
  const isText = 'text' in content;
  const value = isText ? content.text : '';
  const text = visit({ variable: { collection: 'ARGS', key }, value, isText, isInBody: true });
  if (text === undefined) return [];
  return [isText ? { ...part, content: { text } } : part];
}

/** JSON with the values that are kept, under the names of `json-arguments.ts`; nothing where none is left. */
function keepJson(value: JsonValue, key: string, visit: Visit): JsonValue | undefined {
  if (Array.isArray(value)) return keepItems(value, key, visit);
  if (typeof value === 'object' && value !== null) return keepMembers(value, key, visit);
  const shown = value === null ? '' : String(value);
  const isText = typeof value === 'string';
  const text = visit({ variable: { collection: 'ARGS', key }, value: shown, isText, isInBody: true });
  return isText || text === undefined ? text : value;
}

/** Elements keep their index, since it is in their names: what is left out before them becomes null. */
function keepItems(items: readonly JsonValue[], key: string, visit: Visit): JsonValue | undefined {
  const kept = items.map((item, index) => keepJson(item, `${key}.array_${index}`, visit));
  const end = kept.findLastIndex((item) => item !== undefined) + 1;
  return end === 0 ? undefined : kept.slice(0, end).map((item) => item ?? null);
}

function keepMembers(value: object, key: string, visit: Visit): JsonValue | undefined {
  const members: readonly (readonly [string, JsonValue])[] = Object.entries(value);
  const kept = members.flatMap(([name, inner]): readonly (readonly [string, JsonValue])[] => {
    const part = keepJson(inner, `${key}.${name || 'empty-key'}`, visit);
    return part === undefined ? [] : [[name, part]];
  });
  return kept.length === 0 ? undefined : Object.fromEntries(kept);
}
