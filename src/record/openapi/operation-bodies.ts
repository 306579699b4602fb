import type { JsonValue } from '../../model/request.js';
import { at, isTree, list, text } from '../../util/json-tree.js';
import type { ApiDocument, SchemaNode } from './document.js';
import { type EncodedBody, encodeValue, type FieldEncoding, isFileSchema } from './openapi-body.js';
import type { ApiParameter } from './parameters.js';
import type { Sampler } from './sample.js';
import { styledText, styleOf } from './styles.js';

/** A body of an operation, and the name of the example that it is. */
export interface NamedBody extends EncodedBody {
  readonly name?: string;
}

const mostTypes = 5;
const mostExamples = 20;

/** The bodies of an operation of version 3: one for each example of each media type, or one that is made. */
export async function requestBodies(
  node: SchemaNode,
  document: ApiDocument,
  sampler: () => Sampler,
): Promise<readonly NamedBody[]> {
  const { value, file } = await document.follow(node);
  const content = at(value, 'content');
  const types = isTree(content) ? Object.entries(content).slice(0, mostTypes) : [];
  const bodies: NamedBody[] = [];
  for (const [type, media] of types) {
    const encoding = await fieldEncoding({ value: media, file }, document);
    for (const { name, value: example } of await valuesOf({ value: media, file }, document, sampler())) {
      const encoded = encodeValue(example, type, encoding);
      if (encoded !== undefined) bodies.push({ ...encoded, ...(name !== undefined && { name }) });
    }
  }
  return bodies;
}

interface NamedValue {
  readonly name?: string;
  readonly value: JsonValue;
}

async function valuesOf(
  { value: media, file }: SchemaNode,
  document: ApiDocument,
  sampler: Sampler,
): Promise<readonly NamedValue[]> {
  const examples = at(media, 'examples');
  const named: NamedValue[] = [];
  for (const [name, example] of isTree(examples) ? Object.entries(examples).slice(0, mostExamples) : []) {
    const value = at((await document.follow({ value: example, file })).value, 'value');
    if (value !== undefined) named.push({ name, value: value as JsonValue });
  }
  if (named.length > 0) return named;
  const example = at(media, 'example');
  if (example !== undefined) return [{ value: (await document.follow({ value: example, file })).value as JsonValue }];
  const sampled = await sampler.sample({ value: at(media, 'schema'), file }, 'body');
  return sampled === undefined ? [] : [{ value: sampled }];
}

async function fieldEncoding({ value: media, file }: SchemaNode, document: ApiDocument): Promise<FieldEncoding> {
  const encoding = at(media, 'encoding');
  const types = new Map(
    isTree(encoding)
      ? Object.entries(encoding).flatMap(([name, one]) =>
          text(at(one, 'contentType')) === '' ? [] : [[name, text(at(one, 'contentType'))] as const],
        )
      : [],
  );
  const { value: schema, file: from } = await document.follow({ value: at(media, 'schema'), file });
  const root = text(at(schema, 'xml', 'name')) || text(at(media, 'schema', '$ref')).replace(/^.*\//s, '');
  const properties = at(schema, 'properties');
  const files = new Set<string>();
  for (const [name, property] of isTree(properties) ? Object.entries(properties) : [])
    if (isFileSchema((await document.follow({ value: property, file: from })).value)) files.add(name);
  return { types, files, ...(root !== '' && { root }) };
}

/** The body of an operation of version 2, which is a parameter, or several fields of a form. */
export async function bodyOfParameters(
  parameters: readonly ApiParameter[],
  consumes: readonly unknown[],
  sampler: () => Sampler,
): Promise<readonly NamedBody[]> {
  const type = text(consumes[0]);
  const body = parameters.find(({ place }) => place === 'body');
  if (body !== undefined) {
    const { value, file } = body.node;
    const sampled = await sampler().sample({ value: at(value, 'schema'), file }, body.name);
    const encoded =
      sampled === undefined
        ? undefined
        : encodeValue(sampled, type || 'application/json', { types: new Map(), files: new Set() });
    return encoded === undefined ? [] : [encoded];
  }
  const fields = parameters.filter(({ place }) => place === 'formData');
  if (fields.length === 0) return [];
  const files = new Set(fields.filter(({ node }) => isFileSchema(node.value)).map(({ name }) => name));
  const usual = files.size > 0 ? 'multipart/form-data' : 'application/x-www-form-urlencoded';
  const chosen =
    files.size === 0 && list(consumes).includes('multipart/form-data') && type === 'multipart/form-data' ? type : usual;
  const encoded = encodeValue(
    Object.fromEntries(fields.map((field) => [field.name, valueOfField(field, files)])),
    chosen,
    {
      types: new Map(),
      files,
    },
  );
  return encoded === undefined ? [] : [encoded];
}

/** Lists are one text unless each item is a field (`collectionFormat`). */
function valueOfField({ name, value, node }: ApiParameter, files: ReadonlySet<string>): JsonValue {
  const style = styleOf(node.value, 'formData');
  return Array.isArray(value) && !style.explode && !files.has(name) ? styledText(name, value, style) : value;
}
