import type { JsonValue, Pair, RequestBody, RequestSpec } from '../model/request.js';
import type { DraftBody, DraftJson, DraftPair, DraftRequest, DraftValue } from './suite-draft.js';

/** What stands in a suite for the value of a field: mostly the value. */
export type ReplaceValue = (name: string, value: string) => DraftValue;

const asIs: ReplaceValue = (_, value) => value;

/** A request in which nothing is replaced. */
export function plainDraft(spec: RequestSpec): DraftRequest {
  return { ...spec, body: replaceInBody(spec.body, asIs).body };
}

export function replaceInPair([name, value]: Pair, replace: ReplaceValue): DraftPair {
  return [name, replace(name, value)];
}

/** A body with values replaced, and how many were. */
export function replaceInBody(
  body: RequestBody,
  replace: ReplaceValue,
): { readonly body: DraftBody; readonly count: number } {
  let count = 0;
  const counting: ReplaceValue = (name, value) => {
    const draft = replace(name, value);
    if (typeof draft !== 'string') count++;
    return draft;
  };
  return { body: replaced(body, counting), count };
}

function replaced(body: RequestBody, replace: ReplaceValue): DraftBody {
  switch (body.kind) {
    case 'none':
    case 'raw':
      return body;
    case 'form':
      return { kind: 'form', fields: body.fields.map((pair) => replaceInPair(pair, replace)) };
    case 'json':
      return { kind: 'json', value: replaceInJson(body.value, '', replace) };
    case 'multipart':
      return {
        kind: 'multipart',
        parts: body.parts.map(({ content, ...part }) => ({
          ...part,
          content:
            'text' in content && part.filename === undefined ? partContent(replace(part.name, content.text)) : content,
        })),
      };
  }
}

function partContent(value: DraftValue) {
  return typeof value === 'string' ? { text: value } : value;
}

/** Members that say nothing of what they hold: `{ "password": { "value": … } }`, `{ "name": "password", "value": … }`. */
const ofItsParent = /^(?:value|text|plain|raw|current|new|old|first|second)$/;

/** @param name the member that the value, or the list that it is in, is of */
function replaceInJson(value: JsonValue, name: string, replace: ReplaceValue): DraftJson {
  if (typeof value === 'string') return replace(name, value);
  if (typeof value !== 'object' || value === null) return value;
  if (isList(value)) return value.map((item) => replaceInJson(item, name, replace));
  const said = ['name', 'key', 'field', 'fieldName'].map((key) => value[key]).find((one) => typeof one === 'string');
  const member = (key: string) => (ofItsParent.test(key) ? (said ?? `${name}.${key}`) : key);
  return {
    object: Object.entries(value).map(([key, inner]) => [key, replaceInJson(inner, member(key), replace)] as const),
  };
}

/** `Array.isArray` does not narrow readonly arrays. */
function isList(value: JsonValue): value is readonly JsonValue[] {
  return Array.isArray(value);
}
