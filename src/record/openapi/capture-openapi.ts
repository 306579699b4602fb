import type { Pair } from '../../model/request.js';
import { at, isTree, list, text } from '../../util/json-tree.js';
import { readTree } from '../authored/read-tree.js';
import type { CapturedRequest } from '../captured-request.js';
import type { Capture } from '../capturing.js';
import type { LeftOut } from '../import-format.js';
import { localFiles } from '../local-files.js';
import { readSource } from '../read-source.js';
import { ApiDocument, assertApi, type SchemaNode } from './document.js';
import { bodyOfParameters, type NamedBody, requestBodies } from './operation-bodies.js';
import { type ApiParameter, filledPath, listText, readParameters } from './parameters.js';
import { Sampler } from './sample.js';

const maxDocument = 32 * 1024 * 1024;
const mostOperations = 5000;
const methods = ['get', 'put', 'post', 'delete', 'patch', 'head', 'options', 'trace', 'query'];

/** Requests for the operations of an API: the examples of its description, else values that fit. */
export const captureOpenapi: Capture = async (source, { allowOutside = false }) => {
  const root = readTree(await readSource(source, maxDocument), source);
  assertApi(root, source.shown);
  const document = new ApiDocument(root, localFiles(source.folder, allowOutside), allowOutside);
  const reader = new OperationReader(root, document, source.shown);
  const paths = at(root, 'paths');
  for (const [path, item] of isTree(paths) ? Object.entries(paths).slice(0, mostOperations) : [])
    await reader.readPath(path, item);
  const webhooks = Object.keys(asTree(at(root, 'webhooks')) ?? {});
  return {
    requests: reader.requests,
    leftOut: [
      ...reader.leftOut,
      ...webhooks.map((name) => ({ name, reason: 'a webhook, which the application sends itself' })),
    ],
    notes: [...document.problems].map((problem) => `not followed: ${problem}`),
  };
};

class OperationReader {
  readonly requests: CapturedRequest[] = [];
  readonly leftOut: LeftOut[] = [];
  private readonly root: unknown;
  private readonly document: ApiDocument;
  private readonly file: string;
  private readonly base: string;

  constructor(root: unknown, document: ApiDocument, file: string) {
    this.root = root;
    this.document = document;
    this.file = file;
    this.base = baseUrl(root);
  }

  async readPath(path: string, given: unknown): Promise<void> {
    const item = await this.document.follow({ value: given, file: '' });
    for (const method of methods) {
      const operation = at(item.value, method);
      if (isTree(operation)) await this.readOperation(path, method.toUpperCase(), item, operation);
    }
  }

  private async readOperation(path: string, method: string, item: SchemaNode, operation: unknown): Promise<void> {
    const { file } = item;
    const sampler = () => new Sampler(this.document);
    const lists = [at(item.value, 'parameters'), at(operation, 'parameters')].map((value) => ({ value, file }));
    const parameters = await readParameters(lists, this.document, sampler);
    const bodies = await this.bodiesOf(operation, file, parameters, sampler);
    const security = this.securityOf(operation);
    const url = this.base + filledPath(path, [...parameters, ...security]);
    const title = text(at(operation, 'operationId')) || text(at(operation, 'summary')) || `${method} ${path}`;
    for (const { body, type, name } of bodies) {
      const headers = [
        ...headersOf([...parameters, ...security]),
        ...(type === undefined ? [] : [['Content-Type', type] as const]),
      ];
      this.requests.push({
        method,
        url,
        headers,
        body,
        place: { file: this.file },
        title: name === undefined ? title : `${title}/${name}`,
      });
    }
    if (bodies.length === 0)
      this.leftOut.push({ name: `${method} ${path}`, reason: 'no value can be made for its body' });
  }

  /** An operation that has a body of no known kind has none that can be sent. */
  private async bodiesOf(
    operation: unknown,
    file: string,
    parameters: readonly ApiParameter[],
    sampler: () => Sampler,
  ): Promise<readonly (Omit<NamedBody, 'type'> & { readonly type?: string })[]> {
    const given = at(operation, 'requestBody');
    if (given !== undefined) return requestBodies({ value: given, file }, this.document, sampler);
    const consumes = list(at(operation, 'consumes') ?? at(this.root, 'consumes'));
    const hasBody = parameters.some(({ place }) => place === 'body' || place === 'formData');
    return hasBody ? bodyOfParameters(parameters, consumes, sampler) : [{ body: { kind: 'none' } }];
  }

  /** What the first way to be authorized adds; its secrets come from the environment. */
  private securityOf(operation: unknown): readonly ApiParameter[] {
    const [first] = list(at(operation, 'security') ?? at(this.root, 'security'));
    const schemes = asTree(at(this.root, 'components', 'securitySchemes') ?? at(this.root, 'securityDefinitions'));
    return Object.keys(asTree(first) ?? {}).flatMap((name) => credential(at(schemes, name)));
  }
}

function asTree(value: unknown): Readonly<Record<string, unknown>> | undefined {
  return isTree(value) && !Array.isArray(value) ? value : undefined;
}

function credential(scheme: unknown): readonly ApiParameter[] {
  const parameter = (name: string, place: string, value: string): ApiParameter => ({
    name,
    place,
    value,
    node: { value: {}, file: '' },
  });
  const type = text(at(scheme, 'type'));
  if (type === 'apiKey') return [parameter(text(at(scheme, 'name')), text(at(scheme, 'in')), 'KEY-OF-THE-API')];
  if (type === 'basic' || (type === 'http' && /^basic$/i.test(text(at(scheme, 'scheme')))))
    return [parameter('Authorization', 'header', 'Basic dXNlcjpwYXNzd29yZA==')];
  return /^(?:http|oauth2|openIdConnect)$/.test(type)
    ? [parameter('Authorization', 'header', 'Bearer TOKEN-OF-THE-API')]
    : [];
}

/** What stands in other places of the description (OpenAPI 3.0.3, "parameter object"). */
const described = /^(?:accept|content-type)$/i;

function headersOf(parameters: readonly ApiParameter[]): readonly Pair[] {
  const headers = parameters
    .filter(({ place, name }) => place === 'header' && !described.test(name))
    .map(({ name, value }): Pair => [name, listText(value)]);
  const cookies = parameters
    .filter(({ place }) => place === 'cookie')
    .map(({ name, value }) => `${name}=${listText(value)}`);
  const last = new Map(headers.map((pair) => [pair[0].toLowerCase(), pair]));
  return [...last.values(), ...(cookies.length === 0 ? [] : [['Cookie', cookies.join('; ')] as const])];
}

/** The first server, or host and base path of version 2; nothing but a path where no host is told. */
function baseUrl(root: unknown): string {
  if (at(root, 'swagger') !== undefined) {
    const host = text(at(root, 'host'));
    const scheme = text(list(at(root, 'schemes'))[0]) || 'https';
    return `${host === '' ? '' : `${scheme}://${host}`}${text(at(root, 'basePath')).replace(/\/$/, '')}`;
  }
  const [server] = list(at(root, 'servers'));
  const url = text(at(server, 'url')).replace(/\{([^{}]+)\}/g, (_, name: string) =>
    text(at(server, 'variables', name, 'default')),
  );
  return url.replace(/\/$/, '');
}
