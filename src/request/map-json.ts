import type { JsonValue } from '../model/request.js';
import { isList, type JsonContainer, type JsonPlace, walkJson } from './json-values.js';

/** What becomes of what is in a JSON document. */
export interface JsonChange {
  /** What stands in the place of a value; nothing where it is left out. */
  readonly value?: (value: JsonValue, place: JsonPlace | undefined) => JsonValue | undefined;
  /** What a member is called. */
  readonly name?: (name: string, place: JsonPlace, value: JsonValue) => string;
  /** What is nested deeper than that is a value like any other. */
  readonly levels?: number;
  /** Objects and arrays in which nothing is left are left out too. */
  readonly dropsEmpty?: true;
}

type Entry = readonly [step: string | number, value: JsonValue | undefined];

/**
 * The document with other values and names; nothing where none of it is left. Elements keep their index: what is left out
 * before them becomes null.
 */
export function mapJson(document: JsonValue, change: JsonChange): JsonValue | undefined {
  const open: Entry[][] = [[]];
  for (const { kind, value, place } of walkJson(document, change.levels)) {
    if (kind === 'enter') open.push([]);
    else {
      const mapped = kind === 'leave' ? rebuild(value, open.pop() ?? [], change) : changed(value, place, change);
      open.at(-1)?.push([nameOf(place, value, change), mapped]);
    }
  }
  return open[0]?.[0]?.[1];
}

function changed(value: JsonValue, place: JsonPlace | undefined, change: JsonChange): JsonValue | undefined {
  return change.value === undefined ? value : change.value(value, place);
}

function nameOf(place: JsonPlace | undefined, value: JsonValue, { name }: JsonChange): string | number {
  if (place === undefined) return '';
  return typeof place.step === 'number' || name === undefined ? place.step : name(place.step, place, value);
}

function rebuild(container: JsonContainer, inside: readonly Entry[], { dropsEmpty }: JsonChange) {
  const left = inside.filter((entry): entry is readonly [string | number, JsonValue] => entry[1] !== undefined);
  if (left.length === 0 && dropsEmpty) return undefined;
  if (!isList(container)) return Object.fromEntries(left);
  const end = inside.findLastIndex(([, value]) => value !== undefined) + 1;
  return inside.slice(0, end).map(([, value]) => value ?? null);
}
