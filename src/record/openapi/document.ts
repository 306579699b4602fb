import { fail, WafproofError } from '../../model/error.js';
import { at, isTree } from '../../util/json-tree.js';
import { nameSome } from '../../util/name-some.js';
import { readTree } from '../authored/read-tree.js';
import type { ReadLocal } from '../local-files.js';
import { type SchemaNames, schemaNames } from './schema-names.js';

/** A node of a document, and the document that its references are relative to. */
export interface SchemaNode {
  readonly value: unknown;
  readonly file: string;
}

/** How many references may stand for one another in a row. */
const mostHops = 50;
const maxDocument = 20_000_000;
const fetchMs = 10_000;

/**
 * A description of an API and what it refers to, each read when it is asked for. Documents of other hosts are not fetched
 * unless that is allowed, and files outside of the folder are not read.
 */
export class ApiDocument {
  private readonly documents = new Map<string, Promise<unknown>>();
  private readonly references = new Map<string, SchemaNode>();
  private readonly names = new Map<string, Promise<SchemaNames>>();
  private readonly read: ReadLocal;
  private readonly allowsHosts: boolean;
  /** How many schemas may still be looked at: what keeps a small document from growing without end. */
  left = 500_000;
  /** What could not be followed, and why. */
  readonly problems = new Set<string>();
  private readonly told = new Map<string, string[]>();

  constructor(root: unknown, read: ReadLocal, allowsHosts: boolean) {
    this.documents.set('', Promise.resolve(root));
    this.read = read;
    this.allowsHosts = allowsHosts;
  }

  /** Notes something that is not in the requests as the document has it, and of which field or operation. */
  tell(what: string, of: string): void {
    const names = this.told.get(what) ?? [];
    this.told.set(what, [...names, of]);
  }

  /** What was told and what was not followed, a sentence each. */
  notes(): readonly string[] {
    return [
      ...[...this.told].map(([what, names]) => `${what}: ${names.length} (${nameSome([...new Set(names)])})`),
      ...[...this.problems].map((problem) => `not followed: ${problem}`),
    ];
  }

  /** The node that a node stands for; nothing where it is a reference that leads nowhere. */
  async follow({ value, file }: SchemaNode): Promise<SchemaNode> {
    let node: SchemaNode = { value, file };
    for (let hops = 0; hops < mostHops; hops++) {
      const reference = at(node.value, '$ref') ?? at(node.value, '$dynamicRef');
      if (typeof reference !== 'string') return node;
      node = await this.found(reference, node.file);
    }
    this.problems.add('references that lead in a circle');
    return { value: undefined, file };
  }

  private found(reference: string, from: string): SchemaNode | Promise<SchemaNode> {
    const key = `${from} ${reference}`;
    const known = this.references.get(key);
    if (known !== undefined) return known;
    return this.find(reference, from).then((node) => {
      this.references.set(key, node);
      return node;
    });
  }

  private async find(reference: string, from: string): Promise<SchemaNode> {
    const [path = '', pointer = ''] = reference.split('#');
    const names = await this.namesIn(from);
    const byId = path === '' ? undefined : names.ids.get(path);
    const file = path === '' || byId !== undefined ? from : relativeTo(from, path);
    const root = byId ?? (await this.load(file));
    const steps = pointer
      .split('/')
      .slice(1)
      .map((step) => decoded(step).replaceAll('~1', '/').replaceAll('~0', '~'));
    // A pointer begins with a slash; what does not is the name of an anchor.
    const isPointer = pointer === '' || pointer.startsWith('/');
    const value = !isPointer
      ? (await this.namesIn(file)).anchors.get(pointer)
      : steps.reduce(
          (inner: unknown, step) => (isTree(inner) && Object.hasOwn(inner, step) ? inner[step] : undefined),
          root,
        );
    if (value === undefined && root !== undefined)
      this.problems.add(`references that lead nowhere, such as ${reference}`);
    return { value, file };
  }

  private namesIn(file: string): Promise<SchemaNames> {
    const known = this.names.get(file) ?? this.load(file).then(schemaNames);
    this.names.set(file, known);
    return known;
  }

  private load(file: string): Promise<unknown> {
    const known = this.documents.get(file) ?? this.open(file);
    this.documents.set(file, known);
    return known;
  }

  private async open(file: string): Promise<unknown> {
    const bytes = /^https?:/i.test(file) ? await this.fetch(file) : await this.local(file);
    if (bytes === undefined) return undefined;
    try {
      return readTree(bytes, { shown: file });
    } catch (error) {
      if (!(error instanceof WafproofError)) throw error;
      this.problems.add(`${file}, which is neither JSON nor YAML`);
      return undefined;
    }
  }

  private async local(path: string): Promise<Buffer | undefined> {
    const file = await this.read(path);
    if (file.kind === 'bytes') return file.bytes;
    this.problems.add(file.reason);
    return undefined;
  }

  private async fetch(url: string): Promise<Buffer | undefined> {
    if (!this.allowsHosts) {
      this.problems.add(`${url} is on another host (--allow-outside fetches it)`);
      return undefined;
    }
    try {
      const response = await fetch(url, { signal: AbortSignal.timeout(fetchMs) });
      const bytes = Buffer.from(await response.arrayBuffer());
      if (response.ok && bytes.length <= maxDocument) return bytes;
    } catch {
      // Told below, whatever it was.
    }
    this.problems.add(`${url} cannot be fetched`);
    return undefined;
  }
}

/** A path in a reference, from the document that has it. */
function relativeTo(from: string, path: string): string {
  if (/^https?:/i.test(path)) return path;
  if (/^https?:/i.test(from)) return new URL(path, from).href;
  return from.includes('/') && !path.startsWith('/') ? `${from.slice(0, from.lastIndexOf('/'))}/${path}` : path;
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** @throws WafproofError `IMPORT_INVALID` where the tree describes no API */
export function assertApi(tree: unknown, file: string): void {
  const version = at(tree, 'openapi') ?? at(tree, 'swagger');
  if (/^(?:2|3\.[01])\b/.test(`${version as string | number}`) && isTree(tree)) return;
  throw fail('IMPORT_INVALID', { reason: 'it is no OpenAPI document of version 2, 3.0 or 3.1' }, { place: { file } });
}
