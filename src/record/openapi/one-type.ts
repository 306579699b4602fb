import { at, isTree, list } from '../../util/json-tree.js';
import type { ApiDocument, SchemaNode } from './document.js';

const known = new WeakMap<object, Promise<SchemaNode | undefined>>();

/** The schema that several (`allOf`) come to which say something of one text, number or list; nothing where they are of anything else. */
export function oneTypeOf(node: SchemaNode, document: ApiDocument): Promise<SchemaNode | undefined> {
  const { value: schema } = node;
  if (!isTree(schema)) return Promise.resolve(undefined);
  const found = known.get(schema) ?? merged(node, document);
  known.set(schema, found);
  return found;
}

async function merged({ value: schema, file }: SchemaNode, document: ApiDocument): Promise<SchemaNode | undefined> {
  const all = list(at(schema, 'allOf'));
  if (all.length === 0 || isCompound(schema)) return undefined;
  const nodes = await Promise.all(all.map((value) => document.follow({ value, file })));
  const values = nodes.map(({ value }) => value).filter(isTree);
  if (values.some((one) => isCompound(one) || at(one, 'allOf') !== undefined)) return undefined;
  const types = new Set([...values, schema].map((one) => at(one, 'type')).filter((type) => type !== undefined));
  if (types.size !== 1 || types.has('object')) return undefined;
  const { allOf: _, ...one } = Object.assign({}, ...values, schema) as Readonly<Record<string, unknown>>;
  return { value: one, file: nodes.find(({ value }) => at(value, 'type') !== undefined)?.file ?? file };
}

function isCompound(schema: unknown): boolean {
  return ['properties', 'additionalProperties', 'oneOf', 'anyOf'].some((key) => at(schema, key) !== undefined);
}
