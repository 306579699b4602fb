import type { JsonValue, Pair } from '../../model/request.js';
import { isContainer, pathTo, walkJson } from '../../request/json-values.js';
import { maxJsonLevels } from '../../request/read-body.js';
import { jsonName } from './json-names.js';

/** More arguments than the engine accepts (`SecArgumentsLimit`) need no names. */
const limit = 2000;

/** An argument from JSON, and where it stands. */
export interface JsonArgument {
  readonly path: readonly (string | number)[];
  readonly value: string;
}

/**
 * The arguments that libmodsecurity 3 makes of a JSON body: `{"a":{"b":[1]}}` is `json.a.b.array_0` with value `1`; a
 * bare value is `json`, an empty key `empty-key`. Nothing for text that is not JSON, as in the engine.
 */
export function jsonArguments(text: string): readonly Pair[] {
  const document = parse(text);
  if (document === undefined) return [];
  return argumentsIn(document).map(({ path, value }): Pair => [jsonName(path, 'modsecurity3'), value]);
}

/** The values of a document that are arguments. */
export function argumentsIn(document: JsonValue): readonly JsonArgument[] {
  const found: JsonArgument[] = [];
  for (const { kind, value, place } of walkJson(document, maxJsonLevels)) {
    if (found.length === limit) break;
    if (kind !== 'value' || isContainer(value)) continue;
    found.push({ path: pathTo(place), value: value === null ? '' : String(value) });
  }
  return found;
}

function parse(text: string): JsonValue | undefined {
  try {
    return JSON.parse(text) as JsonValue;
  } catch {
    return undefined;
  }
}
