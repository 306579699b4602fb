import type { FormSource } from '../model/form-source.js';
import type { Content } from '../model/request.js';
import { printable } from '../util/printable.js';
import { writeYaml, type YamlTree } from '../yaml/write-yaml.js';
import { commonHeaders, commonTags } from './common-parts.js';
import type {
  CaseDraft,
  DraftBody,
  DraftJson,
  DraftPair,
  DraftPart,
  DraftReference,
  DraftRequest,
  SuiteDraft,
} from './suite-draft.js';

/** What all cases of a suite share, written once under `defaults`. */
interface Shared {
  readonly headers: readonly DraftPair[];
  readonly tags: readonly string[];
}

/** A suite as the text of its file. Loading it gives the requests of the draft, header by header and byte by byte. */
export function writeSuite({ title, source, intent, cases }: SuiteDraft): string {
  const shared = { headers: commonHeaders(cases.map(({ request }) => request)), tags: commonTags(cases) };
  const defaults = mappingOf([
    ['tags', shared.tags.length > 0 ? shared.tags : undefined],
    ['headers', pairTree(shared.headers)],
  ]);
  const tree = mappingOf([
    ['suite', title],
    ['intent', intent === 'attack' ? intent : undefined],
    ['defaults', defaults.size > 0 ? defaults : undefined],
    ['cases', cases.map((draft) => caseTree(draft, shared))],
  ]);
  return `# Imported from ${printable(source)}\n${writeYaml(tree)}`;
}

function caseTree({ id, title, because, tags, request }: CaseDraft, shared: Shared): YamlTree {
  const { method, path, query, cookies, body, from, endpoint } = request;
  const ownTags = tags.filter((tag) => !shared.tags.includes(tag));
  return mappingOf([
    ['id', id],
    ['title', title],
    ['because', because],
    ['tags', ownTags.length > 0 ? ownTags : undefined],
    ['endpoint', endpoint],
    ['from', from && fromTree(from)],
    ['method', from || method === (body.kind === 'none' ? 'GET' : 'POST') ? undefined : method],
    ['path', from ? undefined : path],
    ['query', pairTree(query)],
    ['headers', headerTree(request, shared)],
    ['cookies', pairTree(cookies)],
    ...bodyEntries(body),
  ]);
}

function fromTree({ page, form, without, action }: FormSource): YamlTree {
  return mappingOf([
    ['page', page],
    ['form', form],
    ['without', without],
    ['action', action],
  ]);
}

/** A header that must not be sent is `null`. */
function headerTree({ headers, omittedHeaders }: DraftRequest, shared: Shared): YamlTree | undefined {
  const own = headers.slice(shared.headers.length);
  return pairTree([...own, ...omittedHeaders.map((name): readonly [string, null] => [titleCase(name), null])]);
}

function bodyEntries(body: DraftBody): readonly (readonly [string, YamlTree | undefined])[] {
  switch (body.kind) {
    case 'none':
      return [];
    case 'form':
      return [['form', pairTree(body.fields) ?? new Map()]];
    case 'json':
      return [['json', jsonTree(body.value)]];
    case 'multipart':
      return [['multipart', body.parts.map(partTree)]];
    case 'raw':
      return [['body', contentTree(body.content)]];
  }
}

function partTree({ name, filename, type, content }: DraftPart): YamlTree {
  return mappingOf([
    ['name', name],
    ['filename', filename],
    ['type', type],
    ['value', contentTree(content)],
  ]);
}

function contentTree(content: Content | DraftReference): YamlTree {
  if ('text' in content) return content.text;
  return 'base64' in content ? { tag: 'base64', value: content.base64 } : referenceTree(content);
}

function jsonTree(value: DraftJson): YamlTree {
  if (typeof value !== 'object' || value === null) return value;
  if (isList(value)) return value.map(jsonTree);
  if ('object' in value) return new Map(value.object.map(([key, inner]) => [key, jsonTree(inner)]));
  return referenceTree(value);
}

function referenceTree(reference: DraftReference): YamlTree {
  return 'env' in reference ? { tag: 'env', value: reference.env } : { tag: 'session', value: reference.session };
}

/** A mapping where names are unique, else a list of pairs. */
function pairTree(pairs: readonly (DraftPair | readonly [string, null])[]): YamlTree | undefined {
  if (pairs.length === 0) return undefined;
  const trees = pairs.map(([name, value]): readonly [string, YamlTree] => [
    name,
    typeof value === 'object' && value !== null ? referenceTree(value) : value,
  ]);
  const mapping = new Map(trees);
  return mapping.size === trees.length ? mapping : trees;
}

function mappingOf(entries: readonly (readonly [string, YamlTree | undefined])[]): ReadonlyMap<string, YamlTree> {
  return new Map(entries.flatMap(([key, value]) => (value === undefined ? [] : [[key, value] as const])));
}

/** `Array.isArray` does not narrow readonly arrays. */
function isList(value: object): value is readonly DraftJson[] {
  return Array.isArray(value);
}

function titleCase(name: string): string {
  return name.replace(/(^|-)([a-z])/g, (_, start: string, letter: string) => start + letter.toUpperCase());
}
