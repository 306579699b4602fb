import type { JsonObject } from '../api/json-object.js';

/** What an operation of the API answers. */
export type ApiAnswer =
  | { readonly kind: 'done'; readonly body: JsonObject }
  | { readonly kind: 'refused'; readonly type: string; readonly message: string; readonly more?: JsonObject };

/** The answer with what was asked for. */
export function done(body: JsonObject): ApiAnswer {
  return { kind: 'done', body };
}

/** @param type an exception of the API, such as `WAFNonexistentItemException` */
export function refused(type: string, message: string, more?: JsonObject): ApiAnswer {
  return { kind: 'refused', type, message, ...(more !== undefined && { more }) };
}

/** `WAFInvalidParameterException` with its members `Field`, `Parameter` and `Reason`. */
export function invalid(reason: string, field: string, parameter: string): ApiAnswer {
  const message = `Error reason: ${reason}, field: ${field}, parameter: ${parameter}`;
  return refused('WAFInvalidParameterException', message, { Field: field, Parameter: parameter, Reason: reason });
}

/** What is asked for is not there. */
export const nonexistent = refused(
  'WAFNonexistentItemException',
  'AWS WAF couldn’t perform the operation because your resource doesn’t exist.',
);
