import type { JsonValue } from '../../model/request.js';
import { isTree } from '../../util/json-tree.js';
import { scalarText } from './scalar-text.js';
import type { XmlShape } from './xml-shape.js';

/** A value as a document of XML. */
export function xmlDocument(value: JsonValue, shape: XmlShape | undefined): string {
  return `<?xml version="1.0" encoding="UTF-8"?>\n${element(shape?.name ?? 'request', value, shape)}`;
}

function element(name: string, value: JsonValue, shape: XmlShape | undefined): string {
  if (Array.isArray(value)) return listed(name, value, shape);
  const tag = tagOf(name, shape);
  const fields = isTree(value) ? (Object.entries(value) as (readonly [string, JsonValue])[]) : [];
  const attributes = fields
    .filter(([key]) => shape?.properties.get(key)?.isAttribute === true)
    .map(
      ([key, one]) =>
        ` ${tagOf(key, shape?.properties.get(key))}="${escaped(scalarText(one)).replaceAll('"', '&quot;')}"`,
    );
  const inner = isTree(value)
    ? fields
        .filter(([key]) => shape?.properties.get(key)?.isAttribute !== true)
        .map(([key, one]) => element(key, one, shape?.properties.get(key)))
        .join('')
    : escaped(value === null ? '' : scalarText(value));
  return `<${tag}${namespaceOf(shape)}${attributes.join('')}>${inner}</${tag}>`;
}

/** A list has a name of its own only where its items stand in it. */
function listed(name: string, items: readonly JsonValue[], shape: XmlShape | undefined): string {
  if (shape?.isWrapped !== true) return items.map((item) => element(name, item, shape?.items)).join('');
  const tag = tagOf(name, shape);
  const inner = items.map((item) => element(shape.name ?? name, item, shape.items)).join('');
  return `<${tag}${namespaceOf(shape)}>${inner}</${tag}>`;
}

function tagOf(name: string, shape: XmlShape | undefined): string {
  const own = (shape?.name ?? name).replace(/[^\w.-]/g, '_') || 'item';
  return shape?.prefix === undefined ? own : `${shape.prefix.replace(/[^\w.-]/g, '_')}:${own}`;
}

function namespaceOf(shape: XmlShape | undefined): string {
  if (shape?.namespace === undefined) return '';
  const prefix = shape.prefix === undefined ? '' : `:${shape.prefix.replace(/[^\w.-]/g, '_')}`;
  return ` xmlns${prefix}="${escaped(shape.namespace)}"`;
}

const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;' };

function escaped(text: string): string {
  return text.replace(/[&<>]/g, (char) => entities[char] ?? char);
}
