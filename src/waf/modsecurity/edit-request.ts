import type { Variable } from '../../model/evidence.js';
import type { JsonValue, Pair, Part, RequestBody, RequestSpec } from '../../model/request.js';

/** What becomes of one named value: another name, another text. */
type Edit = (name: string, text: string) => Pair;

/** The request with `text` in the place of a variable; nothing where the variable has no such place. */
export function withValue(spec: RequestSpec, variable: Variable, text: string): RequestSpec | undefined {
  return edit(spec, variable, (name) => [name, text]);
}

/** The request with the same text in a variable of another name; only arguments can be renamed without further effect. */
export function withName(spec: RequestSpec, variable: Variable, name: string): RequestSpec | undefined {
  return isArgument(variable) ? edit(spec, variable, (_name, text) => [name, text]) : undefined;
}

function isArgument({ collection }: Variable): boolean {
  return collection === 'ARGS' || collection === 'ARGS_GET' || collection === 'ARGS_POST';
}

function edit(spec: RequestSpec, variable: Variable, change: Edit): RequestSpec | undefined {
  const { key } = variable;
  if (key === undefined) return undefined;
  const edited = isArgument(variable) ? editArguments(spec, key, change) : editHeaders(spec, variable, key, change);
  return edited === spec ? undefined : edited;
}

function editHeaders(spec: RequestSpec, { collection }: Variable, key: string, change: Edit): RequestSpec {
  if (collection === 'REQUEST_HEADERS') return replace(spec, 'headers', editPairs(spec.headers, key, change));
  if (collection === 'REQUEST_COOKIES') return replace(spec, 'cookies', editPairs(spec.cookies, key, change));
  return spec;
}

function editArguments(spec: RequestSpec, key: string, change: Edit): RequestSpec {
  const inQuery = replace(spec, 'query', editPairs(spec.query, key, change));
  if (inQuery !== spec) return inQuery;
  return replace(spec, 'body', editBody(spec, key, change));
}

function replace<K extends keyof RequestSpec>(spec: RequestSpec, part: K, value: RequestSpec[K]): RequestSpec {
  return value === spec[part] ? spec : { ...spec, [part]: value };
}

function editBody(spec: RequestSpec, key: string, change: Edit): RequestBody {
  const { body } = spec;
  switch (body.kind) {
    case 'form': {
      const fields = editPairs(body.fields, key, change);
      return fields === body.fields ? body : { ...body, fields };
    }
    case 'json': {
      const value = editJson(body.value, 'json', key, change);
      return value === body.value ? body : { ...body, value };
    }
    case 'multipart': {
      const parts = editParts(body.parts, key, change);
      return parts === body.parts ? body : { ...body, parts };
    }
    case 'raw':
      return editRaw(spec, body, key, change);
    case 'none':
      return body;
  }
}

/** A body that was given as bytes is edited as what its Content-Type says it is. */
function editRaw(spec: RequestSpec, body: RequestBody & { kind: 'raw' }, key: string, change: Edit): RequestBody {
  const type = spec.headers.find(([name]) => name.toLowerCase() === 'content-type')?.[1] ?? '';
  if (!('text' in body.content)) return body;
  if (/^application\/(?:[\w.-]+\+)?json/i.test(type)) {
    const value = parseJson(body.content.text);
    const edited = value === undefined ? value : editJson(value, 'json', key, change);
    return edited === value || edited === undefined ? body : { kind: 'raw', content: { text: JSON.stringify(edited) } };
  }
  if (!/^application\/x-www-form-urlencoded/i.test(type)) return body;
  const pairs: readonly Pair[] = [...new URLSearchParams(body.content.text)];
  const edited = editPairs(pairs, key, change);
  const text = new URLSearchParams(edited.map(([name, value]): [string, string] => [name, value])).toString();
  return edited === pairs ? body : { kind: 'raw', content: { text } };
}

function editPairs(pairs: readonly Pair[], key: string, change: Edit): readonly Pair[] {
  if (!pairs.some(([name]) => name === key)) return pairs;
  return pairs.map(([name, text]) => (name === key ? change(name, text) : [name, text]));
}

function editParts(parts: readonly Part[], key: string, change: Edit): readonly Part[] {
  const fits = (part: Part) => part.name === key && part.filename === undefined && 'text' in part.content;
  if (!parts.some(fits)) return parts;
  return parts.map((part) => {
    if (!fits(part) || !('text' in part.content)) return part;
    const [name, text] = change(part.name, part.content.text);
    return { ...part, name, content: { text } };
  });
}

/** Follows the names that the engine gives to JSON (`json-arguments.ts`) down to the one that is meant. */
function editJson(value: JsonValue, name: string, key: string, change: Edit): JsonValue {
  if (Array.isArray(value)) return editItems(value, name, key, change);
  if (typeof value === 'object' && value !== null) return editMembers(value, name, key, change);
  return name === key && typeof value === 'string' ? change(name, value)[1] : value;
}

function editItems(items: readonly JsonValue[], name: string, key: string, change: Edit): JsonValue {
  const edited = items.map((item, index) => editJson(item, `${name}.array_${index}`, key, change));
  return edited.some((item, index) => item !== items[index]) ? edited : items;
}

function editMembers(value: object, name: string, key: string, change: Edit): JsonValue {
  const members: readonly (readonly [string, JsonValue])[] = Object.entries(value);
  const edited = members.map(([member, inner]): readonly [string, JsonValue] => {
    const full = `${name}.${member || 'empty-key'}`;
    const changed = editJson(inner, full, key, change);
    return full === key && typeof inner === 'string' ? [renamed(member, full, change), changed] : [member, changed];
  });
  const same = edited.every(([member, inner], i) => member === members[i]?.[0] && inner === members[i]?.[1]);
  return same ? (value as JsonValue) : Object.fromEntries(edited);
}

/** A new name replaces the last part of the full one. */
function renamed(member: string, full: string, change: Edit): string {
  const [name] = change(full, '');
  return name === full ? member : name;
}

function parseJson(text: string): JsonValue | undefined {
  try {
    return JSON.parse(text) as JsonValue;
  } catch {
    return undefined;
  }
}
