import { at, isTree, list, text } from '../../util/json-tree.js';
import type { ApiDocument, SchemaNode } from './document.js';

/** How a value is written in XML (OpenAPI 3.0.3, "XML object"). */
export interface XmlShape {
  readonly name?: string;
  readonly prefix?: string;
  readonly namespace?: string;
  /** It is an attribute of what it stands in. */
  readonly isAttribute: boolean;
  /** A list is an element with its items in it. */
  readonly isWrapped: boolean;
  readonly properties: ReadonlyMap<string, XmlShape>;
  readonly items?: XmlShape;
}

/** How deep shapes are told: what is below is written by its names. */
const deepest = 8;

/** The shape that a schema and those it refers to say. */
export async function xmlShape(node: SchemaNode, document: ApiDocument, depth = 0): Promise<XmlShape> {
  const reference = text(at(node.value, '$ref')).replace(/^.*\//s, '');
  const { value: schema, file } = await document.follow(node);
  const xml = at(schema, 'xml') ?? at(node.value, 'xml');
  const name = text(at(xml, 'name')) || (depth === 0 ? reference : '');
  const [prefix, namespace] = [text(at(xml, 'prefix')), text(at(xml, 'namespace'))];
  const items = at(schema, 'items');
  const isDeep = depth >= deepest || document.left-- <= 0;
  const inner = isDeep || items === undefined ? undefined : await xmlShape({ value: items, file }, document, depth + 1);
  return {
    ...(name !== '' && { name }),
    ...(prefix !== '' && { prefix }),
    ...(namespace !== '' && { namespace }),
    isAttribute: at(xml, 'attribute') === true,
    isWrapped: at(xml, 'wrapped') === true,
    properties: isDeep ? new Map() : await shapesOf({ value: schema, file }, document, depth),
    ...(inner !== undefined && { items: inner }),
  };
}

async function shapesOf(
  { value: schema, file }: SchemaNode,
  document: ApiDocument,
  depth: number,
): Promise<ReadonlyMap<string, XmlShape>> {
  const shapes = new Map<string, XmlShape>();
  for (const part of list(at(schema, 'allOf')))
    for (const pair of (await xmlShape({ value: part, file }, document, depth + 1)).properties) shapes.set(...pair);
  const properties = at(schema, 'properties');
  for (const [name, value] of isTree(properties) ? Object.entries(properties) : [])
    shapes.set(name, await xmlShape({ value, file }, document, depth + 1));
  return shapes;
}
