import type { Pair } from '../model/request.js';
import { printable } from '../util/printable.js';
import { writeYaml, type YamlTree } from '../yaml/write-yaml.js';
import { commonHeaders, commonTags } from './common-parts.js';
import type { CaseDraft, DraftRequest, SuiteDraft } from './suite-draft.js';

/** What all cases of a suite share, written once under `defaults`. */
interface Shared {
  readonly headers: readonly Pair[];
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

function caseTree({ id, because, tags, request }: CaseDraft, shared: Shared): YamlTree {
  const { method, path, query, cookies, body } = request;
  const ownTags = tags.filter((tag) => !shared.tags.includes(tag));
  return mappingOf([
    ['id', id],
    ['because', because],
    ['tags', ownTags.length > 0 ? ownTags : undefined],
    ['method', method === (body.kind === 'none' ? 'GET' : 'POST') ? undefined : method],
    ['path', path],
    ['query', pairTree(query)],
    ['headers', headerTree(request, shared)],
    ['cookies', pairTree(cookies)],
    ...bodyEntries(body),
  ]);
}

/** A header that must not be sent is `null`. */
function headerTree({ headers, omittedHeaders }: DraftRequest, shared: Shared): YamlTree | undefined {
  const own = headers.slice(shared.headers.length);
  return pairTree([...own, ...omittedHeaders.map((name): readonly [string, null] => [titleCase(name), null])]);
}

function bodyEntries(body: DraftRequest['body']): readonly (readonly [string, YamlTree | undefined])[] {
  switch (body.kind) {
    case 'none':
      return [];
    case 'form':
      return [['form', pairTree(body.fields) ?? new Map()]];
    case 'raw':
      return [['body', 'text' in body.content ? body.content.text : body.content]];
  }
}

/** A mapping where names are unique, else a list of pairs. */
function pairTree(pairs: readonly (readonly [string, string | null])[]): YamlTree | undefined {
  if (pairs.length === 0) return undefined;
  const mapping = new Map(pairs);
  return mapping.size === pairs.length ? mapping : pairs;
}

function mappingOf(entries: readonly (readonly [string, YamlTree | undefined])[]): ReadonlyMap<string, YamlTree> {
  return new Map(entries.flatMap(([key, value]) => (value === undefined ? [] : [[key, value] as const])));
}

function titleCase(name: string): string {
  return name.replace(/(^|-)([a-z])/g, (_, start: string, letter: string) => start + letter.toUpperCase());
}
