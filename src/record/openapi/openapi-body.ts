import type { JsonValue, Pair, Part } from '../../model/request.js';
import { contentOf } from '../../request/content-of.js';
import { encodeRequest } from '../../request/encode-request.js';
import { formText, isJsonType } from '../../request/read-body.js';
import { at, isTree, text } from '../../util/json-tree.js';
import type { CapturedBody } from '../captured-request.js';
import { scalarText } from './scalar-text.js';
import { type Style, styledPairs } from './styles.js';
import type { XmlShape } from './xml-shape.js';
import { xmlDocument } from './xml-text.js';

/** A picture of one pixel, and the beginning of a document. */
const png = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);
const pdf = Buffer.from('%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n');

/** A body of a media type for a value, and the type as it goes out. */
export interface EncodedBody {
  readonly body: CapturedBody;
  readonly type: string;
}

/** How the fields of a form are to be sent. */
export interface FieldEncoding {
  /** Media types of fields, as "encoding" says. */
  readonly types: ReadonlyMap<string, string>;
  /** Fields that are files. */
  readonly files: ReadonlySet<string>;
  /** How fields of a form in one text are written, where that is said. */
  readonly styles?: ReadonlyMap<string, Style>;
  /** How it is written in XML. */
  readonly xml?: XmlShape;
}

/** @returns nothing for a media type in which no value can be written */
export function encodeValue(value: JsonValue, given: string, encoding: FieldEncoding): EncodedBody | undefined {
  const type = typeOfRange(given, value);
  if (isJsonType(type)) return plain(jsonOfExample(value), type);
  if (/^application\/x-www-form-urlencoded/i.test(type))
    return plain(
      fields(value)
        .flatMap(([name, inner]) => formField(name, inner, encoding))
        .join('&'),
      type,
    );
  if (/^multipart\/form-data/i.test(type)) return multipart(value, encoding);
  if (/^(?:application|text)\/(?:[\w.-]+\+)?xml/i.test(type))
    return plain(
      typeof value === 'string' && value.trimStart().startsWith('<') ? value : xmlDocument(value, encoding.xml),
      type,
    );
  if (typeof value === 'string' && /^text\/|graphql|yaml|javascript/i.test(type)) return plain(value, type);
  if (/^(?:image|audio|video)\/|octet-stream|pdf|zip/i.test(type))
    return binary(typeof value === 'string' ? value : '', type);
  return isTree(value) || value === null ? undefined : plain(scalarText(value), type);
}

/** A type that can be sent for one that stands for several, such as `image/*`. */
function typeOfRange(type: string, value: JsonValue): string {
  if (!type.includes('*')) return type;
  if (/^(?:\*|application)\//.test(type))
    return typeof value === 'string' ? 'application/octet-stream' : 'application/json';
  const usual = { text: 'text/plain', image: 'image/png', multipart: 'multipart/form-data' } as const;
  return new Map<string, string>(Object.entries(usual)).get(type.split('/')[0] ?? '') ?? type;
}

/** An example may be written as the text of a document. */
export function jsonOfExample(value: JsonValue): string {
  if (typeof value !== 'string' || !/^\s*[[{]/.test(value)) return JSON.stringify(value);
  try {
    JSON.parse(value);
    return value;
  } catch {
    return JSON.stringify(value);
  }
}

function plain(content: string, type: string): EncodedBody {
  return { body: content === '' ? { kind: 'none' } : { kind: 'bytes', bytes: Buffer.from(content, 'utf8') }, type };
}

function binary(content: string, type: string): EncodedBody {
  return {
    body: { kind: 'bytes', bytes: fileBytes(type, content) },
    type,
  };
}

function fileBytes(type: string, content: string): Buffer {
  if (/^image\//i.test(type)) return png;
  return /pdf/i.test(type) ? pdf : Buffer.from(content === '' ? 'Notes: 5 < 6 & "ok"\n' : content, 'utf8');
}

function fields(value: JsonValue): readonly (readonly [string, JsonValue])[] {
  return isTree(value) ? (Object.entries(value) as (readonly [string, JsonValue])[]) : [];
}

function formField(name: string, value: JsonValue, { styles }: FieldEncoding): readonly string[] {
  const style = styles?.get(name);
  if (style === undefined) return pairs(name, value).map((pair) => formText([pair]));
  return styledPairs(name, value, style).map(([key, inner]) => `${key}=${inner}`);
}

/** Lists repeat their name, and objects are written as JSON (OpenAPI 3.0.3, "encoding object"). */
function pairs(name: string, value: JsonValue): readonly Pair[] {
  if (Array.isArray(value)) return value.map((item): Pair => [name, scalarText(item)]);
  return [[name, scalarText(value)]];
}

function multipart(value: JsonValue, { types, files }: FieldEncoding): EncodedBody {
  const parts = fields(value).flatMap(([name, inner]): readonly Part[] => {
    const type = types.get(name)?.split(',')[0]?.trim();
    if (files.has(name))
      return (Array.isArray(inner) ? inner : [inner]).map((one) =>
        filePart(name, text(one), type ?? 'application/octet-stream'),
      );
    const said = type ?? (isTree(inner) && !Array.isArray(inner) ? 'application/json' : undefined);
    return pairs(name, inner).map(([, content]) => ({
      name,
      content: { text: content },
      ...(said !== undefined && { type: said }),
    }));
  });
  const boundary = '----FormBoundaryOfExample7MA4YWxk';
  const spec = { method: 'POST', path: '/', query: [], headers: [], cookies: [], omittedHeaders: [] };
  const bytes = encodeRequest({ ...spec, body: { kind: 'multipart', boundary, parts } }).body;
  return { body: { kind: 'bytes', bytes }, type: `multipart/form-data; boundary=${boundary}` };
}

function filePart(name: string, content: string, type: string): Part {
  const ending = /^image\//i.test(type) ? 'png' : /pdf/i.test(type) ? 'pdf' : /^text\//i.test(type) ? 'txt' : 'bin';
  return {
    name,
    filename: `${name}.${ending}`,
    type: type === 'image/*' ? 'image/png' : type,
    content: contentOf(fileBytes(type, content)),
  };
}

/** Which fields of a schema are files: binary in 3.0, of a media type in 3.1. */
export function isFileSchema(schema: unknown): boolean {
  const inner = at(schema, 'type') === 'array' ? at(schema, 'items') : schema;
  const isBinary = /^(?:binary|byte)$/.test(text(at(inner, 'format'))) && at(inner, 'format') === 'binary';
  return isBinary || at(inner, 'type') === 'file' || typeof at(inner, 'contentMediaType') === 'string';
}
