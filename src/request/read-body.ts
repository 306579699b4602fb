import type { JsonValue, Pair, RequestBody, RequestSpec } from '../model/request.js';
import { isDeeper } from './json-values.js';

/** How deep JSON may be nested: engines take no more (`SecRequestBodyJsonDepthLimit`). */
export const maxJsonLevels = 512;

/** A body that was given as text is what its Content-Type says it is, where it can be read as that. */
export function readBody({ body, headers }: Pick<RequestSpec, 'body' | 'headers'>): RequestBody {
  if (body.kind !== 'raw' || !('text' in body.content)) return body;
  const type = headers.find(([name]) => name.toLowerCase() === 'content-type')?.[1] ?? '';
  const { text } = body.content;
  if (isFormType(type)) return { kind: 'form', fields: [...new URLSearchParams(text)] };
  const value = isJsonType(type) ? parseJson(text) : undefined;
  return value === undefined ? body : { kind: 'json', value };
}

/** The other way: a body in the notation in which an earlier one was given. */
export function asGiven(given: RequestBody, body: RequestBody): RequestBody {
  if (given.kind !== 'raw') return body;
  if (body.kind === 'json') return asText(JSON.stringify(body.value));
  return body.kind === 'form' ? asText(formText(body.fields)) : body;
}

function isFormType(type: string): boolean {
  return /^application\/x-www-form-urlencoded/i.test(type);
}

export function isJsonType(type: string): boolean {
  return /^application\/(?:[\w.-]+\+)?json/i.test(type);
}

/** `application/x-www-form-urlencoded` as browsers write it (WHATWG URL, section 5.2). */
export function formText(pairs: readonly Pair[]): string {
  return new URLSearchParams(pairs.map(([name, value]): [string, string] => [name, value])).toString();
}

function asText(text: string): RequestBody {
  return { kind: 'raw', content: { text } };
}

/** Nothing too for what is nested deeper than engines take. */
function parseJson(text: string): JsonValue | undefined {
  try {
    const value = JSON.parse(text) as JsonValue;
    return isDeeper(value, maxJsonLevels) ? undefined : value;
  } catch {
    return undefined;
  }
}
