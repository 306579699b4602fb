import type { JsonValue } from '../../model/request.js';
import { at, isTree, list, text } from '../../util/json-tree.js';
import type { ApiDocument, SchemaNode } from './document.js';
import { jsonOfExample } from './openapi-body.js';
import { givenValue, type Sampler } from './sample.js';
import { queryEncoder, styledPairs, styledText, styleOf } from './styles.js';

/** A parameter of an operation, and the value that it is sent with. */
export interface ApiParameter {
  readonly name: string;
  /** `path`, `query`, `header`, `cookie`; in version 2 `body` and `formData` as well. */
  readonly place: string;
  readonly node: SchemaNode;
  readonly value: JsonValue;
}

/** The parameters that are sent: those that have to be, and those that have an example. An operation's own win. */
export async function readParameters(
  lists: readonly SchemaNode[],
  document: ApiDocument,
  sampler: () => Sampler,
): Promise<readonly ApiParameter[]> {
  const found = new Map<string, SchemaNode>();
  for (const { value, file } of lists) {
    for (const one of list(value)) {
      const node = await document.follow({ value: one, file });
      found.set(`${text(at(node.value, 'in'))} ${text(at(node.value, 'name'))}`, node);
    }
  }
  const parameters: ApiParameter[] = [];
  for (const node of found.values()) {
    const name = text(at(node.value, 'name'));
    const place = text(at(node.value, 'in'));
    const value = place === 'body' ? null : await valueOfParameter(node, name, document, sampler());
    if (value !== undefined) parameters.push({ name, place, node, value });
  }
  return parameters;
}

async function valueOfParameter(
  node: SchemaNode,
  name: string,
  document: ApiDocument,
  sampler: Sampler,
): Promise<JsonValue | undefined> {
  const { value: parameter, file } = node;
  const [content] = Object.values(asTree(at(parameter, 'content')));
  const value = await plainValue(node, { value: content, file }, name, document, sampler);
  return content === undefined || value === undefined ? value : jsonOfExample(value);
}

async function plainValue(
  node: SchemaNode,
  content: SchemaNode,
  name: string,
  document: ApiDocument,
  sampler: Sampler,
): Promise<JsonValue | undefined> {
  const { value: parameter, file } = node;
  const example = (await exampleOf(node, document)) ?? (await exampleOf(content, document));
  if (example !== undefined) return example;
  const schema = await document.follow({
    value: at(parameter, 'schema') ?? at(content.value, 'schema') ?? parameter,
    file,
  });
  const given = givenValue(schema.value);
  if (given !== undefined) return given;
  const isNeeded = at(parameter, 'required') === true || ['path', 'formData'].includes(text(at(parameter, 'in')));
  if (!isNeeded) return undefined;
  const sampled = await sampler.sample(schema, name);
  return typeof sampled === 'string' && at(parameter, 'in') === 'path' ? slug(sampled) : sampled;
}

/** Paths have short names in them, and no sentences. */
function slug(text: string): string {
  const plain = text
    .normalize('NFKD')
    .replace(/[^\w.:-]+/g, '-')
    .replace(/^-+|-+$/g, '');
  return plain === '' ? 'notes' : plain;
}

/** `example`, or the first of `examples`. */
async function exampleOf({ value, file }: SchemaNode, document: ApiDocument): Promise<JsonValue | undefined> {
  const example = at(value, 'example');
  if (example !== undefined) return example as JsonValue;
  const [first] = Object.values(asTree(at(value, 'examples')));
  if (first === undefined) return undefined;
  return at((await document.follow({ value: first, file })).value, 'value') as JsonValue | undefined;
}

function asTree(value: unknown): Readonly<Record<string, unknown>> {
  return isTree(value) && !Array.isArray(value) ? value : {};
}

/** The path with its parameters, and what is appended to it as a query. */
export function filledPath(path: string, parameters: readonly ApiParameter[]): string {
  const filled = path.replace(/\{([^{}]+)\}/g, (_, name: string) => {
    const found = parameters.find((one) => one.place === 'path' && one.name === name);
    if (found === undefined) return '1';
    return styledText(name, found.value, styleOf(found.node.value, 'path', queryEncoder(undefined)));
  });
  const query = parameters
    .filter(({ place }) => place === 'query')
    .flatMap(({ name, value, node }) =>
      styledPairs(name, value, styleOf(node.value, 'query', queryEncoder(node.value))),
    );
  const encoded = query.map(([name, value]) => `${name}=${value}`);
  const from = filled.startsWith('/') ? filled : `/${filled}`;
  return encoded.length === 0 ? from : `${from}${from.includes('?') ? '&' : '?'}${encoded.join('&')}`;
}

/** The path with a placeholder in each segment that a parameter stands in: `/orders/{number}`, `/users/{name}`. */
export function pathEndpoint(path: string, parameters: readonly ApiParameter[]): string {
  const from = path.replace(/[?#].*$/s, '');
  const segments = from.split('/').map((segment) => {
    const name = /\{([^{}]+)\}/.exec(segment)?.[1];
    if (name === undefined) return segment;
    const found = parameters.find((one) => one.place === 'path' && one.name === name);
    const isWhole = segment === `{${name}}`;
    return isWhole && typeof found?.value === 'number' ? '{number}' : isWhole && isUuid(found) ? '{uuid}' : '{name}';
  });
  return segments.join('/').replace(/^(?!\/)/, '/');
}

function isUuid(parameter: ApiParameter | undefined): boolean {
  const node = parameter?.node.value;
  return [at(node, 'format'), at(node, 'schema', 'format')].includes('uuid');
}

/** What is sent in a header field for a parameter. */
export function headerText({ name, value, node }: ApiParameter): string {
  return styledText(name, value, styleOf(node.value, 'header'));
}

/** `a=1; b=2`: lists in one cookie, objects in one for each of their fields. */
export function cookieText({ name, value, node }: ApiParameter): string {
  const style = styleOf(node.value, 'cookie');
  return styledPairs(name, value, Array.isArray(value) ? { ...style, explode: false } : style)
    .map((pair) => pair.join('='))
    .join('; ');
}
