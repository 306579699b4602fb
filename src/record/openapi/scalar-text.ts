import type { JsonValue } from '../../model/request.js';

/** A value where a text is wanted: what is no text is written as JSON. */
export function scalarText(value: JsonValue): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}
