import type { JsonValue } from '../../model/request.js';
import { at, isTree, list, text } from '../../util/json-tree.js';
import type { ApiDocument, SchemaNode } from './document.js';

interface ObjectValue {
  readonly [key: string]: JsonValue;
}

/**
 * The value with the name of its schema in the field that tells schemas apart (OpenAPI 3.0.3, "discriminator object"): that
 * of the schema that was chosen among several, or its own below a common one.
 */
export async function discriminated(value: ObjectValue, node: SchemaNode, document: ApiDocument): Promise<ObjectValue> {
  const reference = text(at(node.value, '$ref'));
  const { value: schema, file } = await document.follow(node);
  const [chosen] = [...list(at(schema, 'oneOf')), ...list(at(schema, 'anyOf'))].filter(
    (one) => at(one, 'type') !== 'null',
  );
  const own = named(value, at(schema, 'discriminator'), text(at(chosen, '$ref')) || reference);
  if (reference === '') return own;
  const commons = await discriminators({ value: schema, file }, document);
  return commons.reduce((all: ObjectValue, one) => named(all, one, reference), own);
}

const known = new WeakMap<object, Promise<readonly unknown[]>>();

/** Those of the schemas that a schema has all of. */
function discriminators({ value: schema, file }: SchemaNode, document: ApiDocument): Promise<readonly unknown[]> {
  if (!isTree(schema)) return Promise.resolve([]);
  const found =
    known.get(schema) ??
    Promise.all(list(at(schema, 'allOf')).map((value) => document.follow({ value, file }))).then((nodes) =>
      nodes.map(({ value }) => at(value, 'discriminator')).filter((one) => one !== undefined),
    );
  known.set(schema, found);
  return found;
}

function named(value: ObjectValue, discriminator: unknown, reference: string): ObjectValue {
  // In version 2 it is the name of the field.
  const field = text(discriminator) || text(at(discriminator, 'propertyName'));
  if (field === '' || reference === '') return value;
  const mapping = at(discriminator, 'mapping');
  const schema = reference.replace(/^.*\//s, '');
  const mapped = isTree(mapping)
    ? Object.entries(mapping).find(([, to]) => typeof to === 'string' && (to === reference || to === schema))?.[0]
    : undefined;
  return { ...value, [field]: mapped ?? schema };
}
