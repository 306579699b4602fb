import type { Variable } from '../../model/evidence.js';
import type { JsonValue, RequestBody, RequestSpec } from '../../model/request.js';

/**
 * The request without what stands beside an argument: other fields, parameters and members. Rules then have nothing but
 * that one to look at. What is not an argument keeps the request as it is.
 */
export function isolate(spec: RequestSpec, { collection, key }: Variable): RequestSpec {
  if (!/^ARGS(?:_GET|_POST)?$/.test(collection) || key === undefined) return spec;
  const query = spec.query.filter(([name]) => name === key);
  return query.length > 0 ? { ...spec, query } : { ...spec, query: [], body: isolateBody(spec.body, key) };
}

function isolateBody(body: RequestBody, key: string): RequestBody {
  switch (body.kind) {
    case 'form':
      return { ...body, fields: body.fields.filter(([name]) => name === key) };
    case 'multipart':
      return { ...body, parts: body.parts.filter(({ name, filename }) => name === key && filename === undefined) };
    case 'json':
      return { ...body, value: isolateJson(body.value, 'json', key) };
    case 'raw':
      return isolateRaw(body, key);
    case 'none':
      return body;
  }
}

function isolateRaw(body: RequestBody & { kind: 'raw' }, key: string): RequestBody {
  if (!('text' in body.content) || !/^json(?:\.|$)/.test(key)) return body;
  try {
    const value = JSON.parse(body.content.text) as JsonValue;
    return { ...body, content: { text: JSON.stringify(isolateJson(value, 'json', key)) } };
  } catch {
    return body;
  }
}

/** Down the names of `json-arguments.ts`, without the members beside the way; elements before it keep their places. */
function isolateJson(value: JsonValue, name: string, key: string): JsonValue {
  if (Array.isArray(value)) {
    return value.map((item: JsonValue, index) => {
      const inner = `${name}.array_${index}`;
      return leadsTo(inner, key) ? isolateJson(item, inner, key) : 0;
    });
  }
  if (typeof value !== 'object' || value === null) return value;
  const members: readonly (readonly [string, JsonValue])[] = Object.entries(value);
  return Object.fromEntries(
    members.flatMap(([member, item]) => {
      const inner = `${name}.${member || 'empty-key'}`;
      return leadsTo(inner, key) ? [[member, isolateJson(item, inner, key)]] : [];
    }),
  );
}

function leadsTo(name: string, key: string): boolean {
  return key === name || key.startsWith(`${name}.`);
}
