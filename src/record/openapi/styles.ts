import type { JsonValue, Pair } from '../../model/request.js';
import { at, isTree, text } from '../../util/json-tree.js';
import { scalarText } from './scalar-text.js';

/** How lists and objects are written: `style` and `explode` of version 3, `collectionFormat` of version 2. */
export interface Style {
  readonly style: string;
  readonly explode: boolean;
  readonly encode: (text: string) => string;
}

const separators: Readonly<Record<string, string>> = { spaceDelimited: ' ', pipeDelimited: '|', tabDelimited: '\t' };
const styleOfFormat: Readonly<Record<string, string>> = {
  ssv: 'spaceDelimited',
  tsv: 'tabDelimited',
  pipes: 'pipeDelimited',
};
const usual: Readonly<Record<string, string>> = { path: 'simple', header: 'simple' };

/** The style of a parameter, or of a field below "encoding"; what is not said is as the specification has it. */
export function styleOf(node: unknown, place: string, encode: (text: string) => string = (plain) => plain): Style {
  const format = text(at(node, 'collectionFormat'));
  if (format !== '' || typeof at(node, 'type') === 'string')
    return { style: styleOfFormat[format] ?? usual[place] ?? 'form', explode: format === 'multi', encode };
  const style = text(at(node, 'style')) || (usual[place] ?? 'form');
  return { style, explode: (at(node, 'explode') ?? style === 'form') === true, encode };
}

/** Names and values that are encoded already (OpenAPI 3.0.3, "style values"). */
export function styledPairs(name: string, value: JsonValue, style: Style): readonly Pair[] {
  const { explode, encode } = style;
  if (!isTree(value)) return [[encode(name), encode(scalarText(value))]];
  if (style.style === 'deepObject') return deepPairs(name, value as JsonValue, encode);
  if (!explode) return [[encode(name), joined(value as JsonValue, style)]];
  if (Array.isArray(value)) return value.map((item): Pair => [encode(name), encode(scalarText(item))]);
  return entriesOf(value as JsonValue).map(([key, inner]): Pair => [encode(key), encode(scalarText(inner))]);
}

/** `d[a][b]=1`; lists repeat their name. */
function deepPairs(name: string, value: JsonValue, encode: (text: string) => string): readonly Pair[] {
  if (Array.isArray(value)) return value.map((item): Pair => [encode(name), encode(scalarText(item))]);
  if (!isTree(value)) return [[encode(name), encode(scalarText(value))]];
  return entriesOf(value).flatMap(([key, inner]) => deepPairs(`${name}[${key}]`, inner, encode));
}

function entriesOf(value: JsonValue): readonly (readonly [string, JsonValue])[] {
  return isTree(value) ? (Object.entries(value) as (readonly [string, JsonValue])[]) : [];
}

/** `a,b`, and of an object `k,v,k,v`. */
function joined(value: JsonValue, { style, encode }: Style): string {
  const separator = separators[style];
  const items = Array.isArray(value) ? value : entriesOf(value).flat();
  return items.map((item) => encode(scalarText(item))).join(separator === undefined ? ',' : encode(separator));
}

/** What stands in a path or a header for a value: styles "simple", "label" and "matrix". */
export function styledText(name: string, value: JsonValue, style: Style): string {
  const { explode, encode } = style;
  const [begin, between] = style.style === 'label' ? ['.', '.'] : style.style === 'matrix' ? [';', ';'] : ['', ','];
  if (style.style === 'matrix')
    return styledPairs(name, value, style)
      .map(([key, inner]) => `;${key}=${inner}`)
      .join('');
  if (!isTree(value)) return `${begin}${encode(scalarText(value))}`;
  if (!explode) return `${begin}${joined(value, style)}`;
  const items = Array.isArray(value)
    ? value.map((item) => encode(scalarText(item)))
    : entriesOf(value).map(([key, inner]) => `${encode(key)}=${encode(scalarText(inner))}`);
  return `${begin}${items.join(between)}`;
}

/** Percent-encoded; what RFC 3986 reserves stays as it is where `allowReserved` says so. */
export function queryEncoder(node: unknown): (text: string) => string {
  const encode = (plain: string) => encodeURIComponent(plain.toWellFormed());
  if (at(node, 'allowReserved') !== true) return encode;
  return (plain) => encode(plain).replace(/%(?:3A|2F|3F|40|24|2C|3B|3D|5B|5D)/g, decodeURIComponent);
}
