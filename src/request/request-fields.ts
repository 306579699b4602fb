import type { FieldPath } from '../model/field.js';
import type { JsonValue, Pair, Part, RequestBody, RequestSpec } from '../model/request.js';
import { isContainer, pathTo } from './json-values.js';
import { mapJson } from './map-json.js';
import { asGiven, maxJsonLevels, readBody } from './read-body.js';
import { cookiePairs } from './read-cookies.js';

/** One value of a request that can be left out or changed without touching the others. */
export interface RequestField {
  readonly field: FieldPath;
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

/** What becomes of one value: a text, or nothing where it is left out. Values come in the same order every time. */
type Visit = (field: RequestField) => string | undefined;

/**
 * Takes a request apart into parameters, header fields, cookies, and what its body is made of: form fields, the values in
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
    query: keepPairs(spec.query, 'query', visit),
    headers: spec.headers.flatMap(([name, value]) => keepHeader(name, value, visit)),
    cookies: keepPairs(spec.cookies, 'cookie', visit),
    body: rebuildBody(spec, visit),
  };
}

function keepPairs(
  pairs: readonly Pair[],
  kind: 'query' | 'form' | 'header' | 'cookie',
  visit: Visit,
): readonly Pair[] {
  return pairs.flatMap(([name, value]): readonly Pair[] => {
    const text = visit({ field: { kind, name }, value, isText: true, isInBody: kind === 'form' });
    return text === undefined ? [] : [[name, text]];
  });
}

/** Cookies that were given as one header field are several values all the same. */
function keepHeader(name: string, value: string, visit: Visit): readonly Pair[] {
  if (name.toLowerCase() !== 'cookie') return keepPairs([[name, value]], 'header', visit);
  const kept = keepPairs(cookiePairs(value), 'cookie', visit).map((pair) => pair.join('='));
  return kept.length === 0 ? [] : [[name, kept.join('; ')]];
}

const nothing: RequestBody = { kind: 'none' };

function rebuildBody(spec: RequestSpec, visit: Visit): RequestBody {
  return asGiven(spec.body, keepBody(readBody(spec), visit));
}

function keepBody(body: RequestBody, visit: Visit): RequestBody {
  switch (body.kind) {
    case 'none':
      return body;
    case 'form': {
      const fields = keepPairs(body.fields, 'form', visit);
      return fields.length === 0 ? nothing : { ...body, fields };
    }
    case 'json': {
      const value = keepJson(body.value, visit);
      return value === undefined ? nothing : { ...body, value };
    }
    case 'multipart': {
      const parts = body.parts.flatMap((part) => keepPart(part, visit));
      return parts.length === 0 ? nothing : { ...body, parts };
    }
    case 'raw': {
      const isText = 'text' in body.content;
      const value = isText ? body.content.text : '';
      const text = visit({ field: { kind: 'body' }, value, isText, isInBody: true });
      if (text === undefined) return nothing;
      return isText ? { kind: 'raw', content: { text } } : body;
    }
  }
}

function keepPart(part: Part, visit: Visit): readonly Part[] {
  const { name, filename, content } = part;
  if (filename !== undefined) {
    const field = { kind: 'part', name, of: 'filename' } as const;
    const kept = visit({ field, value: filename, isText: true, isInBody: true });
    return kept === undefined ? [] : [{ ...part, filename: kept }];
  }
  const isText = 'text' in content;
  const value = isText ? content.text : '';
  const text = visit({ field: { kind: 'part', name }, value, isText, isInBody: true });
  if (text === undefined) return [];
  return [isText ? { ...part, content: { text } } : part];
}

/** What is nested too deeply for engines is one value, which is kept or left out as it is. */
function keepJson(document: JsonValue, visit: Visit): JsonValue | undefined {
  return mapJson(document, {
    levels: maxJsonLevels,
    dropsEmpty: true,
    value(value, place) {
      const isText = typeof value === 'string';
      const shown = value === null || isContainer(value) ? '' : String(value);
      const text = visit({ field: { kind: 'json', path: pathTo(place) }, value: shown, isText, isInBody: true });
      return isText || text === undefined ? text : value;
    },
  });
}
