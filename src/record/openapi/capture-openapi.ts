import type { Pair } from '../../model/request.js';
import { at, isTree, list, text } from '../../util/json-tree.js';
import { readTree } from '../authored/read-tree.js';
import type { CapturedRequest } from '../captured-request.js';
import type { Capture } from '../capturing.js';
import type { LeftOut } from '../import-format.js';
import { localFiles } from '../local-files.js';
import { readSource } from '../read-source.js';
import { splitUrl } from '../split-url.js';
import { ApiDocument, assertApi, type SchemaNode } from './document.js';
import { bodyOfParameters, type NamedBody, requestBodies } from './operation-bodies.js';
import { type ApiParameter, cookieText, filledPath, headerText, pathEndpoint, readParameters } from './parameters.js';
import { Sampler } from './sample.js';

const maxDocument = 32 * 1024 * 1024;
const mostRequests = 10_000;
const methods = ['get', 'put', 'post', 'delete', 'patch', 'head', 'options', 'trace', 'query'];

/** Requests for the operations of an API: the examples of its description, else values that fit. */
export const captureOpenapi: Capture = async (source, { allowOutside = false }) => {
  const root = readTree(await readSource(source, maxDocument), source);
  assertApi(root, source.shown);
  const document = new ApiDocument(root, localFiles(source.folder, allowOutside), allowOutside);
  const reader = new OperationReader(root, document, source.shown);
  const paths = at(root, 'paths');
  for (const [path, item] of Object.entries(asTree(paths) ?? {}).filter(([name]) => !name.startsWith('x-')))
    await reader.readPath(path, item);
  const webhooks = Object.keys(asTree(at(root, 'webhooks')) ?? {});
  return {
    requests: reader.requests,
    leftOut: [
      ...reader.leftOut,
      ...webhooks.map((name) => ({ name, reason: 'a webhook, which the application sends itself' })),
    ],
    notes: document.notes(),
  };
};

class OperationReader {
  readonly requests: CapturedRequest[] = [];
  readonly leftOut: LeftOut[] = [];
  private readonly root: unknown;
  private readonly document: ApiDocument;
  private readonly file: string;

  constructor(root: unknown, document: ApiDocument, file: string) {
    this.root = root;
    this.document = document;
    this.file = file;
  }

  async readPath(path: string, given: unknown): Promise<void> {
    const item = await this.document.follow({ value: given, file: '' });
    if (!isTree(item.value)) this.leftOut.push({ name: path, reason: 'nothing is told of this path' });
    // What stands beside a reference counts as well (OpenAPI 3.1.0, "path item object").
    const merged = { value: { ...asTree(given), ...asTree(item.value) }, file: item.file };
    for (const method of methods) {
      const operation = at(merged.value, method);
      if (operation === undefined) continue;
      const name = `${method.toUpperCase()} ${path}`;
      if (!isTree(operation)) this.leftOut.push({ name, reason: 'it is no object that describes an operation' });
      else if (this.requests.length >= mostRequests)
        this.leftOut.push({ name, reason: `there are more than ${mostRequests} requests` });
      else await this.readOperation(path, method.toUpperCase(), merged, operation);
    }
  }

  private async readOperation(path: string, method: string, item: SchemaNode, operation: unknown): Promise<void> {
    const { file } = item;
    const sampler = () => new Sampler(this.document);
    const lists = [at(item.value, 'parameters'), at(operation, 'parameters')].map((value) => ({ value, file }));
    const parameters = await readParameters(lists, this.document, sampler);
    const bodies = await this.bodiesOf(operation, file, parameters, sampler);
    const security = (await this.securityOf(operation)).filter(
      (one) => !parameters.some((known) => isSame(known, one)),
    );
    const base = baseUrl(this.root, item.value, operation);
    const url = base + filledPath(path, [...parameters, ...security]);
    const endpoint = splitUrl(base).target.replace(/\/$/, '') + pathEndpoint(path, parameters);
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
        endpoint,
        place: { file: this.file },
        title: name === undefined ? title : `${title}/${name}`,
      });
    }
    for (const callback of Object.keys(asTree(at(operation, 'callbacks')) ?? {}))
      this.leftOut.push({ name: `${title}/${callback}`, reason: 'a callback, which the application sends itself' });
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
    return hasBody ? bodyOfParameters(parameters, consumes, this.document, sampler) : [{ body: { kind: 'none' } }];
  }

  /** What the first way to be authorized adds; its secrets come from the environment. */
  private async securityOf(operation: unknown): Promise<readonly ApiParameter[]> {
    const [first] = list(at(operation, 'security') ?? at(this.root, 'security'));
    const schemes = asTree(at(this.root, 'components', 'securitySchemes') ?? at(this.root, 'securityDefinitions'));
    const names = Object.keys(asTree(first) ?? {});
    const nodes = await Promise.all(names.map((name) => this.document.follow({ value: at(schemes, name), file: '' })));
    return nodes.flatMap(({ value }) => credential(value));
  }
}

function isSame(one: ApiParameter, other: ApiParameter): boolean {
  return one.place === other.place && one.place !== 'header' && one.name === other.name;
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
    .map((parameter): Pair => [parameter.name, headerText(parameter)]);
  const cookies = parameters.filter(({ place }) => place === 'cookie').map(cookieText);
  const last = new Map(headers.map((pair) => [pair[0].toLowerCase(), pair]));
  return [...last.values(), ...(cookies.length === 0 ? [] : [['Cookie', cookies.join('; ')] as const])];
}

/** The first server of the operation, its path or the document; host and base path of version 2; nothing where none is told. */
function baseUrl(root: unknown, item: unknown, operation: unknown): string {
  if (at(root, 'swagger') !== undefined) return baseOfVersion2(root);
  const [server] = [operation, item, root].flatMap((node) => list(at(node, 'servers')).slice(0, 1));
  const url = text(at(server, 'url')).replace(/\{([^{}]+)\}/g, (_, name: string) => {
    const variable = at(server, 'variables', name);
    const value = at(variable, 'default') ?? list(at(variable, 'enum'))[0] ?? '';
    return isTree(value) ? '' : String(value);
  });
  return url.replace(/[?#].*$/s, '').replace(/\/$/, '');
}

function baseOfVersion2(root: unknown): string {
  const host = text(at(root, 'host'));
  const scheme = text(list(at(root, 'schemes'))[0]) || 'https';
  const path = text(at(root, 'basePath')).replace(/^\/*|\/$/g, '');
  return `${host === '' ? '' : `${scheme}://${host}`}${path === '' ? '' : `/${path}`}`;
}
