import type { JsonValue } from '../model/request.js';
import { isList, type JsonPlace, walkJson } from './json-values.js';

/** A JSON document as clients send it, without white space, however deep it is nested. */
export function jsonText(document: JsonValue): string {
  try {
    return JSON.stringify(document);
  } catch (error) {
    if (error instanceof RangeError) return writtenOut(document);
    throw error;
  }
}

/** The same for what is nested too deeply for the stack. */
function writtenOut(document: JsonValue): string {
  const pieces: string[] = [];
  for (const { kind, value, place } of walkJson(document)) {
    if (kind === 'value') pieces.push(before(place), JSON.stringify(value));
    else if (kind === 'enter') pieces.push(before(place), isList(value) ? '[' : '{');
    else pieces.push(isList(value) ? ']' : '}');
  }
  return pieces.join('');
}

function before(place: JsonPlace | undefined): string {
  if (place === undefined) return '';
  const name = typeof place.step === 'string' ? `${JSON.stringify(place.step)}:` : '';
  return place.index === 0 ? name : `,${name}`;
}
