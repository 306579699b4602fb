import type { JsonValue, Pair, Part, RequestBody, RequestSpec } from '../model/request.js';
import { contentBytes } from './encode-request.js';
import { jsonText } from './json-text.js';
import { mapJson } from './map-json.js';
import { probeParameter } from './probe-request.js';
import { formText, readBody } from './read-body.js';

/** How texts are made harmless. */
export interface Harmless {
  /** Of which they are made: `a`. */
  readonly letter?: string;
  /** Whether a field stays as it is; its name is empty where it has none. */
  readonly keeps?: (name: string, value: string) => boolean;
}

/**
 * A body of the same kind, fields and length, in which every text is nothing but one letter: limits differ for uploads and
 * for the rest of a body, and there are some for the number of fields and their depth.
 * @param bytes length of the body
 */
export function harmlessBody(request: RequestSpec, bytes: number, how: Harmless = {}): RequestBody {
  const body = readBody(request);
  switch (body.kind) {
    case 'form':
      return { kind: 'form', fields: body.fields.map((field) => harmlessField(field, how)) };
    case 'json':
      return { kind: 'json', value: harmlessJson(body.value, how) };
    case 'multipart':
      return { ...body, parts: body.parts.map((part) => harmlessPart(part, how)) };
    case 'raw':
      return isXml(request)
        ? xmlBody(bytes, how.letter)
        : { kind: 'raw', content: { text: letters(bytes, how.letter) } };
    case 'none':
      return body;
  }
}

/** As many letters as a value has bytes in a form. */
function harmlessField([name, value]: Pair, { letter, keeps }: Harmless): Pair {
  if (keeps?.(name, value) === true) return [name, value];
  return [name, letters(formText([['', value]]).length - '='.length, letter)];
}

function harmlessJson(document: JsonValue, { letter, keeps }: Harmless): JsonValue {
  const value = (one: JsonValue, place: { readonly step: string | number } | undefined) => {
    if (typeof one !== 'string' || keeps?.(`${place?.step ?? ''}`, one) === true) return one;
    return letters(Buffer.byteLength(jsonText(one)) - 2, letter);
  };
  return mapJson(document, { value }) ?? null;
}

function harmlessPart(part: Part, { letter, keeps }: Harmless): Part {
  const { name, content, filename } = part;
  if (filename === undefined && 'text' in content && keeps?.(name, content.text) === true) return part;
  const harmless = { name, content: { text: letters(contentBytes(content).length, letter) } };
  return filename === undefined ? harmless : { ...harmless, filename: `${probeParameter}.txt`, type: 'text/plain' };
}

export function isXml({ headers }: Pick<RequestSpec, 'headers'>): boolean {
  return headers.some(
    ([name, value]) => name.toLowerCase() === 'content-type' && /^(?:application|text)\/(?:[\w.-]+\+)?xml/i.test(value),
  );
}

export function xmlBody(bytes: number, letter?: string): RequestBody {
  return { kind: 'raw', content: { text: `<a>${letters(Math.max(1, bytes - '<a></a>'.length), letter)}</a>` } };
}

/** So many of one letter. */
export function letters(count: number, letter = 'a'): string {
  return letter.repeat(Math.max(0, count));
}
