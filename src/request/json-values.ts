import type { JsonValue } from '../model/request.js';

/** Where a value stands in a JSON document; the document itself stands nowhere. */
export interface JsonPlace {
  readonly parent: JsonPlace | undefined;
  /** The name of a member, or the index of an element. */
  readonly step: string | number;
  /** How many are before it in the same object or array. */
  readonly index: number;
  /** 1 for what stands in the document itself. */
  readonly depth: number;
}

export type JsonContainer = readonly JsonValue[] | { readonly [key: string]: JsonValue };

/** What a walk comes by. An empty object or array is entered and left too. */
export type JsonEvent =
  | { readonly kind: 'enter' | 'leave'; readonly value: JsonContainer; readonly place: JsonPlace | undefined }
  | { readonly kind: 'value'; readonly value: JsonValue; readonly place: JsonPlace | undefined };

interface Open {
  readonly container: JsonContainer;
  readonly place: JsonPlace | undefined;
  readonly inside: Iterator<readonly [string | number, JsonValue]>;
  next: number;
}

/**
 * Goes through a JSON document from its first value to its last, however deep it is nested.
 * @param levels what is nested deeper than that is a value like any other
 */
export function* walkJson(document: JsonValue, levels = Number.POSITIVE_INFINITY): Generator<JsonEvent> {
  const open: Open[] = [];
  const visit = (value: JsonValue, place: JsonPlace | undefined): JsonEvent => {
    if (!isContainer(value) || open.length >= levels) return { kind: 'value', value, place };
    open.push({ container: value, place, inside: entriesOf(value), next: 0 });
    return { kind: 'enter', value, place };
  };
  yield visit(document, undefined);
  for (let top = open.at(-1); top !== undefined; top = open.at(-1)) {
    const { done, value: entry } = top.inside.next();
    if (done === true) {
      open.pop();
      yield { kind: 'leave', value: top.container, place: top.place };
    } else {
      const [step, value] = entry;
      yield visit(value, { parent: top.place, step, index: top.next++, depth: open.length });
    }
  }
}

/** The steps to a value, from the document on. */
export function pathTo(place: JsonPlace | undefined): readonly (string | number)[] {
  const steps: (string | number)[] = [];
  for (let at = place; at !== undefined; at = at.parent) steps.push(at.step);
  return steps.reverse();
}

export function isContainer(value: JsonValue): value is JsonContainer {
  return typeof value === 'object' && value !== null;
}

/** `Array.isArray` does not narrow readonly arrays. */
export function isList(value: JsonValue): value is readonly JsonValue[] {
  return Array.isArray(value);
}

function entriesOf(value: JsonContainer): Iterator<readonly [string | number, JsonValue]> {
  return isList(value) ? value.entries() : Object.entries(value).values();
}

/** Whether objects and arrays are nested deeper than that. */
export function isDeeper(document: JsonValue, levels: number): boolean {
  for (const { kind, value } of walkJson(document, levels)) if (kind === 'value' && isContainer(value)) return true;
  return false;
}
