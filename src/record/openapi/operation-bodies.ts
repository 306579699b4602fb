import type { JsonValue } from '../../model/request.js';
import { at, isTree, list, text } from '../../util/json-tree.js';
import type { ApiDocument, SchemaNode } from './document.js';
import { type EncodedBody, encodeValue, type FieldEncoding, isFileSchema } from './openapi-body.js';
import type { ApiParameter } from './parameters.js';
import type { Sampler } from './sample.js';
import { queryEncoder, type Style, styledText, styleOf } from './styles.js';
import { xmlShape } from './xml-shape.js';

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
  const types = isTree(content) ? Object.entries(content) : [];
  const bodies: NamedBody[] = [];
  for (const [type] of types.slice(mostTypes)) document.tell(`media types beyond ${mostTypes} of one body`, type);
  for (const [type, media] of types.slice(0, mostTypes)) {
    const found = await mediaBodies(type, { value: media, file }, document, sampler);
    if (found.length === 0 && types.length > 1)
      document.tell('media types in which no value can be written, beside others', type);
    bodies.push(...found);
  }
  return bodies;
}

/** The examples of a media type; where none of them can be written, what fits its schema. */
async function mediaBodies(
  type: string,
  node: SchemaNode,
  document: ApiDocument,
  sampler: () => Sampler,
): Promise<readonly NamedBody[]> {
  const encoding = await fieldEncoding(node, document);
  const encode = (values: readonly NamedValue[]) =>
    values.flatMap(({ name, value }): readonly NamedBody[] => {
      const encoded = encodeValue(value, type, encoding);
      return encoded === undefined ? [] : [{ ...encoded, ...(name !== undefined && { name }) }];
    });
  const examples = await examplesOf(node, document);
  const bodies = encode(examples);
  if (bodies.length < examples.length) document.tell('examples that are none of their media type', type);
  if (bodies.length > 0) return bodies;
  const sampled = await sampler().sample({ value: at(node.value, 'schema'), file: node.file }, 'body');
  return sampled === undefined ? [] : encode([{ value: sampled }]);
}

interface NamedValue {
  readonly name?: string;
  readonly value: JsonValue;
}

async function examplesOf({ value: media, file }: SchemaNode, document: ApiDocument): Promise<readonly NamedValue[]> {
  const examples = at(media, 'examples');
  const entries = isTree(examples) ? Object.entries(examples) : [];
  const named: NamedValue[] = [];
  for (const [name] of entries.slice(mostExamples)) document.tell(`examples beyond ${mostExamples} of one body`, name);
  for (const [name, example] of entries.slice(0, mostExamples)) {
    const { value: followed } = await document.follow({ value: example, file });
    const value = at(followed, 'value');
    if (value !== undefined) named.push({ name, value: value as JsonValue });
    else if (at(followed, 'externalValue') !== undefined)
      document.tell('examples that stand in other files (externalValue)', name);
  }
  if (named.length > 0) return named;
  const example = at(media, 'example');
  if (example === undefined) return [];
  return [{ value: (await document.follow({ value: example, file })).value as JsonValue }];
}

async function fieldEncoding({ value: media, file }: SchemaNode, document: ApiDocument): Promise<FieldEncoding> {
  const given = at(media, 'encoding');
  const types = new Map<string, string>();
  const styles = new Map<string, Style>();
  for (const [name, one] of isTree(given) ? Object.entries(given) : []) {
    const type = text(at(one, 'contentType'));
    if (type !== '') types.set(name, type);
    if (['style', 'explode', 'allowReserved'].some((key) => at(one, key) !== undefined))
      styles.set(name, styleOf(one, 'query', queryEncoder(one)));
    if (at(one, 'headers') !== undefined) document.tell('headers of parts, which are not sent', name);
  }
  const schema = { value: at(media, 'schema'), file };
  const properties = await propertiesOf(schema, document);
  const files = new Set<string>();
  for (const [name, property] of properties) if (isFileSchema((await document.follow(property)).value)) files.add(name);
  return { types, styles, files, xml: await xmlShape(schema, document) };
}

/** Those of a schema, and of all that it is put together of. */
async function propertiesOf(
  node: SchemaNode,
  document: ApiDocument,
  depth = 0,
): Promise<ReadonlyMap<string, SchemaNode>> {
  const { value: schema, file } = await document.follow(node);
  const all = new Map<string, SchemaNode>();
  for (const part of depth < 5 ? list(at(schema, 'allOf')) : [])
    for (const pair of await propertiesOf({ value: part, file }, document, depth + 1)) all.set(...pair);
  const properties = at(schema, 'properties');
  for (const [name, value] of isTree(properties) ? Object.entries(properties) : []) all.set(name, { value, file });
  return all;
}

/** The body of an operation of version 2, which is a parameter, or several fields of a form. */
export async function bodyOfParameters(
  parameters: readonly ApiParameter[],
  consumes: readonly unknown[],
  document: ApiDocument,
  sampler: () => Sampler,
): Promise<readonly NamedBody[]> {
  const types = [...new Set(consumes.map(text).filter((type) => type !== ''))];
  const body = parameters.find(({ place }) => place === 'body');
  if (body !== undefined)
    return schemaBodies(body, types.length === 0 ? ['application/json'] : types, document, sampler);
  const fields = parameters.filter(({ place }) => place === 'formData');
  if (fields.length === 0) return [];
  const files = new Set(fields.filter(({ node }) => isFileSchema(node.value)).map(({ name }) => name));
  const value = Object.fromEntries(fields.map((field) => [field.name, valueOfField(field, files)]));
  return formTypes(types, files.size > 0).flatMap(
    (type) => encodeValue(value, type, { types: new Map(), files }) ?? [],
  );
}

/** The body of a schema in each media type that an operation takes. */
async function schemaBodies(
  { name, node: { value, file } }: ApiParameter,
  types: readonly string[],
  document: ApiDocument,
  sampler: () => Sampler,
): Promise<readonly NamedBody[]> {
  const schema = { value: at(value, 'schema'), file };
  const sampled = await sampler().sample(schema, name);
  if (sampled === undefined) return [];
  const encoding = { types: new Map(), files: new Set<string>(), xml: await xmlShape(schema, document) };
  for (const type of types.slice(mostTypes)) document.tell(`media types beyond ${mostTypes} of one body`, type);
  return types.slice(0, mostTypes).flatMap((type): readonly NamedBody[] => {
    const encoded = encodeValue(sampled, type, encoding);
    if (encoded === undefined && types.length > 1)
      document.tell('media types in which no value can be written, beside others', type);
    return encoded === undefined ? [] : [encoded];
  });
}

/** Files are sent in parts alone. */
function formTypes(types: readonly string[], hasFiles: boolean): readonly string[] {
  const parts = types.filter((type) => /^multipart\/form-data/i.test(type));
  const forms = types.filter((type) => /^application\/x-www-form-urlencoded/i.test(type));
  if (hasFiles) return ['multipart/form-data'];
  return parts.length + forms.length === 0 ? ['application/x-www-form-urlencoded'] : [...forms, ...parts];
}

/** Lists are one text unless each item is a field (`collectionFormat`). */
function valueOfField({ name, value, node }: ApiParameter, files: ReadonlySet<string>): JsonValue {
  const style = styleOf(node.value, 'formData');
  return Array.isArray(value) && !style.explode && !files.has(name) ? styledText(name, value, style) : value;
}
