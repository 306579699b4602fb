import type { Variable } from '../../model/evidence.js';
import type { JsonValue, Pair, RequestBody, RequestSpec } from '../../model/request.js';
import { sameField } from './request-fields.js';

/** The request with the same text in an argument of another name; nothing where the variable is none of its arguments. */
export function renameArgument(spec: RequestSpec, variable: Variable, name: string): RequestSpec | undefined {
  const { key } = variable;
  if (key === undefined || !sameField(variable, { collection: 'ARGS', key })) return undefined;
  const query = renamePairs(spec.query, key, name);
  if (query !== undefined) return { ...spec, query };
  const body = renameInBody(spec, key, name);
  return body && { ...spec, body };
}

function renameInBody({ body, headers }: RequestSpec, key: string, name: string): RequestBody | undefined {
  switch (body.kind) {
    case 'form': {
      const fields = renamePairs(body.fields, key, name);
      return fields && { ...body, fields };
    }
    case 'json': {
      const value = renameMember(body.value, 'json', key, name);
      return value === body.value ? undefined : { ...body, value };
    }
    case 'multipart': {
      const isMeant = (part: (typeof body.parts)[number]) => part.name === key && part.filename === undefined;
      if (!body.parts.some(isMeant)) return undefined;
      return { ...body, parts: body.parts.map((part) => (isMeant(part) ? { ...part, name } : part)) };
    }
    case 'raw':
      return renameInText(body, headers, key, name);
    case 'none':
      return undefined;
  }
}

/** A body that was given as text is what its Content-Type says it is. */
function renameInText(
  { content }: RequestBody & { kind: 'raw' },
  headers: readonly Pair[],
  key: string,
  name: string,
): RequestBody | undefined {
  const type = headers.find(([header]) => header.toLowerCase() === 'content-type')?.[1] ?? '';
  if (!('text' in content)) return undefined;
  if (/^application\/x-www-form-urlencoded/i.test(type)) {
    const pairs = renamePairs([...new URLSearchParams(content.text)], key, name);
    const text = pairs && new URLSearchParams(pairs.map(([each, value]): [string, string] => [each, value])).toString();
    return text === undefined ? undefined : { kind: 'raw', content: { text } };
  }
  const value = parseJson(content.text);
  const renamed = value === undefined ? value : renameMember(value, 'json', key, name);
  return renamed === value ? undefined : { kind: 'raw', content: { text: JSON.stringify(renamed) } };
}

function parseJson(text: string): JsonValue | undefined {
  try {
    return JSON.parse(text) as JsonValue;
  } catch {
    return undefined;
  }
}

function renamePairs(pairs: readonly Pair[], key: string, name: string): readonly Pair[] | undefined {
  if (!pairs.some(([each]) => each === key)) return undefined;
  return pairs.map(([each, text]) => [each === key ? name : each, text]);
}

/** Follows the names of `json-arguments.ts` down to the member that is meant; the value itself where there is none. */
function renameMember(value: JsonValue, path: string, key: string, name: string): JsonValue {
  if (!key.startsWith(`${path}.`) || typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) {
    const items = value.map((item: JsonValue, index) => renameMember(item, `${path}.array_${index}`, key, name));
    return items.some((item, index) => item !== value[index]) ? items : value;
  }
  const members = Object.entries(value).map(([member, inner]: [string, JsonValue]): [string, JsonValue] => {
    const full = `${path}.${member || 'empty-key'}`;
    return full === key && typeof inner === 'string' ? [name, inner] : [member, renameMember(inner, full, key, name)];
  });
  const isSame = Object.entries(value).every(
    ([member, inner], i) => members[i]?.[0] === member && members[i]?.[1] === inner,
  );
  return isSame ? value : Object.fromEntries(members);
}
