import type { JsonValue } from '../../../model/request.js';

/** An object of JSON, whatever is in it. */
export type JsonObject = { readonly [key: string]: JsonValue };

/** Whether a value of JSON is an object. */
export function isObject(value: JsonValue | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** An own member of an object; `null` counts as absent, as it does in AWS's answers. */
export function memberNamed(object: JsonObject, key: string): JsonValue | undefined {
  return Object.hasOwn(object, key) ? (object[key] ?? undefined) : undefined;
}

/** A member that is an object; empty where it is not. */
export function objectNamed(object: JsonObject, key: string): JsonObject {
  const value = memberNamed(object, key);
  return isObject(value) ? value : {};
}

/** The objects of a member that is a list; empty where it is not. */
export function objectsNamed(object: JsonObject, key: string): readonly JsonObject[] {
  const value = memberNamed(object, key);
  return Array.isArray(value) ? value.filter(isObject) : [];
}

/** A member that is a text. */
export function textNamed(object: JsonObject, key: string): string | undefined {
  const value = memberNamed(object, key);
  return typeof value === 'string' ? value : undefined;
}

/** A member that is a number. */
export function numberNamed(object: JsonObject, key: string): number | undefined {
  const value = memberNamed(object, key);
  return typeof value === 'number' ? value : undefined;
}
