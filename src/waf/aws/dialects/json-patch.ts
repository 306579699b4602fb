import type { JsonValue } from '../../../model/request.js';
import type { ApiObject } from '../acl/write-api.js';

/** An operation of a JSON Patch (RFC 6902). Members that it does not define are to be ignored, such as `comment` (section 4). */
export interface PatchOperation {
  readonly op: 'add' | 'replace' | 'test';
  readonly path: string;
  readonly value: JsonValue;
  readonly comment?: string;
}

/**
 * A document with operations done, one after the other.
 * @returns nothing where one of them does not fit
 */
export function patched(document: JsonValue, operations: readonly PatchOperation[]): JsonValue | undefined {
  let result: JsonValue | undefined = document;
  for (const operation of operations) {
    if (result === undefined) return undefined;
    result = applied(result, operation.path.split('/').slice(1).map(tokenText), operation);
  }
  return result;
}

function applied(at: JsonValue, [key, ...rest]: readonly string[], operation: PatchOperation): JsonValue | undefined {
  if (key === undefined) return operation.op === 'test' ? same(at, operation.value) : operation.value;
  if (Array.isArray(at)) return inList(at, key, rest, operation);
  if (typeof at !== 'object' || at === null) return undefined;
  const before: JsonValue | undefined = isObject(at) && Object.hasOwn(at, key) ? at[key] : undefined;
  if (before === undefined && (rest.length > 0 || operation.op !== 'add')) return undefined;
  const after = before === undefined ? operation.value : applied(before, rest, operation);
  return after === undefined ? undefined : { ...at, [key]: after };
}

function inList(list: readonly JsonValue[], key: string, rest: readonly string[], operation: PatchOperation) {
  const isInsertion = operation.op === 'add' && rest.length === 0;
  const index = key === '-' ? list.length : Number(key);
  if (isInsertion) return index <= list.length ? list.toSpliced(index, 0, operation.value) : undefined;
  const before = list[index];
  const after = before === undefined ? undefined : applied(before, rest, operation);
  return after === undefined ? undefined : list.with(index, after);
}

function same(at: JsonValue, wanted: JsonValue): JsonValue | undefined {
  return JSON.stringify(at) === JSON.stringify(wanted) ? at : undefined;
}

function isObject(value: JsonValue): value is ApiObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** RFC 6901, section 4. */
function tokenText(token: string): string {
  return token.replaceAll('~1', '/').replaceAll('~0', '~');
}
