import { anyElement, type JsonStep } from '../../model/field.js';
import type { JsonValue, RequestSpec } from '../../model/request.js';
import { readBody } from '../../request/read-body.js';

/** Steps into JSON as a pointer (RFC 6901). AWS WAF has no wildcard for the elements of an array: `*` stands for one here. */
export function pointerOf(path: readonly JsonStep[]): string {
  return path.map((step) => `/${step === anyElement ? '*' : escaped(`${step}`)}`).join('');
}

/** The steps of a pointer; a number is an index where the request has an array. */
export function stepsOf(pointer: string, request: RequestSpec): readonly JsonStep[] {
  const body = readBody(request);
  let inner: JsonValue | undefined = body.kind === 'json' ? body.value : undefined;
  return pointer
    .split('/')
    .slice(1)
    .map((part) => {
      const step = stepIn(inner, part);
      inner = step === anyElement ? undefined : memberOf(inner, step);
      return step;
    });
}

function stepIn(value: JsonValue | undefined, part: string): JsonStep {
  if (Array.isArray(value) && part === '*') return anyElement;
  if (Array.isArray(value) && /^\d{1,9}$/.test(part)) return Number(part);
  return part.replaceAll('~1', '/').replaceAll('~0', '~');
}

function memberOf(value: JsonValue | undefined, step: string | number): JsonValue | undefined {
  if (typeof value !== 'object' || value === null || !Object.hasOwn(value, step)) return undefined;
  return Reflect.get(value, step);
}

function escaped(name: string): string {
  return name.replaceAll('~', '~0').replaceAll('/', '~1');
}
