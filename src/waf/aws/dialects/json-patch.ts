import type { ExclusionIds } from '../../../model/draft.js';
import { type ApiDraft, isApiList, isApiObject, whereAny } from './api-draft.js';

/** An operation of a JSON Patch (RFC 6902). */
export interface PatchOperation {
  readonly op: 'add' | 'replace' | 'test';
  readonly path: string;
  readonly value: ApiDraft;
  /** It is done where any of these is chosen; absent: whatever is chosen. */
  readonly exclusions?: ExclusionIds;
}

/**
 * A document with operations done, one after the other.
 * @returns nothing where one of them does not fit
 */
export function patched(document: ApiDraft, operations: readonly PatchOperation[]): ApiDraft | undefined {
  let result: ApiDraft | undefined = document;
  for (const operation of operations) {
    if (result === undefined) return undefined;
    result = applied(result, operation.path.split('/').slice(1).map(tokenText), operation);
  }
  return result;
}

function applied(at: ApiDraft, [key, ...rest]: readonly string[], operation: PatchOperation): ApiDraft | undefined {
  if (key === undefined) return operation.op === 'test' ? same(at, operation.value) : chosenValue(operation, at);
  if (isApiList(at)) return inList(at, key, rest, operation);
  if (!isApiObject(at)) return undefined;
  const before: ApiDraft | undefined = Object.hasOwn(at, key) ? at[key] : undefined;
  if (before === undefined && (rest.length > 0 || operation.op !== 'add')) return undefined;
  const after = before === undefined ? chosenValue(operation) : applied(before, rest, operation);
  return after === undefined ? undefined : { ...at, [key]: after };
}

function inList(list: readonly ApiDraft[], key: string, rest: readonly string[], operation: PatchOperation) {
  const isInsertion = operation.op === 'add' && rest.length === 0;
  const index = key === '-' ? list.length : Number(key);
  if (isInsertion) return index <= list.length ? list.toSpliced(index, 0, chosenValue(operation)) : undefined;
  const before = list[index];
  const after = before === undefined ? undefined : applied(before, rest, operation);
  return after === undefined ? undefined : list.with(index, after);
}

/** What is there after an operation, and where it is not done. */
function chosenValue({ value, exclusions }: PatchOperation, otherwise?: ApiDraft): ApiDraft {
  return exclusions === undefined ? value : whereAny(exclusions, value, otherwise);
}

function same(at: ApiDraft, wanted: ApiDraft): ApiDraft | undefined {
  return JSON.stringify(at) === JSON.stringify(wanted) ? at : undefined;
}

/** RFC 6901, section 4. */
function tokenText(token: string): string {
  return token.replaceAll('~1', '/').replaceAll('~0', '~');
}
