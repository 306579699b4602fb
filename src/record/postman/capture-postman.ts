import { fail } from '../../model/error.js';
import type { Pair } from '../../model/request.js';
import { at, isTree, list, text } from '../../util/json-tree.js';
import { type Authorization, authorize } from '../authored/authorization.js';
import { readTree } from '../authored/read-tree.js';
import { Template, templateNotes } from '../authored/template.js';
import type { CapturedRequest } from '../captured-request.js';
import type { Capture } from '../capturing.js';
import type { ImportSettings } from '../import-format.js';
import { localFiles, type ReadLocal } from '../local-files.js';
import { readSource } from '../read-source.js';
import { postmanBody } from './postman-body.js';
import { readScripts } from './postman-scripts.js';
import { postmanUrl, scalar } from './postman-url.js';

const maxCollection = 64 * 1024 * 1024;
const deepestFolder = 50;
/** Postman sends no body with these methods. */
const withoutBody = /^(?:GET|COPY|HEAD|PURGE|UNLOCK)$/i;

/** Requests of a Postman collection (2.0 and 2.1), with its variables, an environment, and authorization. Scripts are not run. */
export const capturePostman: Capture = async (source, settings) => {
  const tree = readTree(await readSource(source, maxCollection), source);
  const root = isTree(at(tree, 'collection')) ? at(tree, 'collection') : tree;
  if (!Array.isArray(at(root, 'item')))
    throw fail(
      'IMPORT_INVALID',
      {
        reason: Array.isArray(at(root, 'requests'))
          ? 'it is a collection of Postman 1; import it into Postman and export it as 2.1'
          : 'it is no collection of Postman 2.0 or 2.1, which has "item"',
      },
      { place: { file: source.shown } },
    );
  const variables = new Map([...variablesOf(root), ...(await readEnvironment(settings))]);
  const collection = new Collection(variables, localFiles(source.folder, settings.allowOutside), source.shown);
  await collection.readItems(root, [], undefined, 0);
  return { requests: collection.requests, leftOut: [], notes: collection.notes() };
};

/** Goes through folders in the order in which they are run, since scripts set variables for what follows. */
class Collection {
  readonly requests: CapturedRequest[] = [];
  private readonly variables: Map<string, string>;
  private readonly template: Template;
  private readonly read: ReadLocal;
  private readonly file: string;
  private readonly said = new Set<string>();
  private scripts = 0;

  constructor(variables: Map<string, string>, read: ReadLocal, file: string) {
    this.variables = variables;
    this.template = new Template((name) => variables.get(name), true);
    this.read = read;
    this.file = file;
  }

  async readItems(parent: unknown, path: readonly string[], inherited: unknown, depth: number): Promise<void> {
    const auth = at(parent, 'auth') ?? inherited;
    for (const item of list(at(parent, 'item'))) {
      this.noteScripts(parent, 'prerequest');
      const names = [...path, text(at(item, 'name'))];
      if (Array.isArray(at(item, 'item')) && depth < deepestFolder) await this.readItems(item, names, auth, depth + 1);
      else if (at(item, 'request') !== undefined) await this.readRequest(item, names, auth);
    }
    this.countScripts(parent);
  }

  notes(): readonly string[] {
    const scripts =
      this.scripts === 0
        ? []
        : [`scripts, of which nothing is done but to take over the texts that they set: ${this.scripts}`];
    return [...templateNotes(this.template), ...this.said, ...scripts];
  }

  private async readRequest(item: unknown, names: readonly string[], inherited: unknown): Promise<void> {
    const request = at(item, 'request');
    this.noteScripts(item, 'prerequest');
    const given = at(request, 'auth');
    const added = authorize(authorization(given === null || given === undefined ? inherited : given, this.template));
    if (added.note !== undefined) this.said.add(added.note);
    const method = (typeof request === 'string' ? 'GET' : text(at(request, 'method')) || 'GET').toUpperCase();
    const behavior = at(item, 'protocolProfileBehavior');
    const { body, type } =
      withoutBody.test(method) && at(behavior, 'disableBodyPruning') !== true
        ? { body: { kind: 'none' as const }, type: undefined }
        : await postmanBody(at(request, 'body'), this.template, this.read);
    const isTyped = at(behavior, 'disabledSystemHeaders', 'content-type') !== true;
    const headers = this.headers(request, added.headers, isTyped ? type : undefined);
    this.requests.push({
      method,
      url: postmanUrl(typeof request === 'string' ? request : at(request, 'url'), this.template, added.query),
      headers,
      body,
      place: { file: this.file },
      title: names.filter((name) => name !== '').join(' / '),
    });
    this.countScripts(item);
    this.noteScripts(item, 'test');
  }

  private headers(request: unknown, added: readonly Pair[], type: string | undefined): readonly Pair[] {
    const given = at(request, 'header');
    const lines =
      typeof given === 'string'
        ? given.split(/\r?\n/).map(headerLine)
        : list(given)
            .filter((one) => at(one, 'disabled') !== true)
            .map((one) => [scalar(at(one, 'key')), scalar(at(one, 'value'))] as const);
    const replaced = new Set(added.map(([name]) => name.toLowerCase()));
    const own = lines
      .filter(([name]) => name !== '' && !replaced.has(name.toLowerCase()))
      .map(([name, value]): Pair => [this.template.fill(name), this.template.fill(value)])
      .map((pair) => withBoundary(pair, type));
    const isTyped = own.some(([name]) => name.toLowerCase() === 'content-type');
    return [...own, ...added, ...(isTyped || type === undefined ? [] : [['Content-Type', type] as const])];
  }

  private noteScripts(item: unknown, listen: string): void {
    for (const [name, value] of readScripts(item, listen).values) this.variables.set(name, value);
  }

  private countScripts(item: unknown): void {
    this.scripts += readScripts(item, 'prerequest').count + readScripts(item, 'test').count;
  }
}

/** A form of parts gets its boundary, whatever else the request says of its type. */
function withBoundary([name, value]: Pair, type: string | undefined): Pair {
  const boundary = /^multipart\/form-data(;.*)$/s.exec(type ?? '')?.[1];
  const lacksOne = name.toLowerCase() === 'content-type' && /^multipart\//i.test(value) && !/boundary=/i.test(value);
  return boundary !== undefined && lacksOne ? [name, `${value}${boundary}`] : [name, value];
}

function headerLine(line: string): Pair {
  const colon = line.indexOf(':');
  return colon < 0 ? ['', ''] : [line.slice(0, colon).trim(), line.slice(colon + 1).trim()];
}

/** A list of keys and values since 2.1, a mapping in 2.0. */
function authorization(auth: unknown, template: Template): Authorization {
  const type = text(at(auth, 'type'));
  const given = at(auth, type);
  const pairs = Array.isArray(given)
    ? given.map((one) => [text(at(one, 'key')), at(one, 'value')] as const)
    : isTree(given)
      ? Object.entries(given)
      : [];
  return { type, values: Object.fromEntries(pairs.map(([name, value]) => [name, template.fill(scalar(value))])) };
}

function variablesOf(tree: unknown): ReadonlyMap<string, string> {
  const entries = [...list(at(tree, 'variables')), ...list(at(tree, 'variable'))].filter(
    (one) => at(one, 'disabled') !== true,
  );
  return new Map(entries.map((one) => [text(at(one, 'key')) || text(at(one, 'id')), scalar(at(one, 'value'))]));
}

/** An environment or globals that Postman exports. */
async function readEnvironment({ environment, cwd }: ImportSettings): Promise<ReadonlyMap<string, string>> {
  if (environment === undefined) return new Map();
  const source = { path: environment, shown: environment, stem: '', folder: cwd };
  const values = list(at(readTree(await readSource(source, maxCollection), source), 'values'));
  const set = values.filter((one) => at(one, 'enabled') !== false);
  return new Map(set.map((one) => [text(at(one, 'key')), scalar(at(one, 'value'))]));
}
