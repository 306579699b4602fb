import { isTree } from '../../util/json-tree.js';

/** Schemas of a document by the names that they give themselves (JSON Schema 2020-12, section 8.2). */
export interface SchemaNames {
  /** By `$anchor` and `$dynamicAnchor`. */
  readonly anchors: ReadonlyMap<string, unknown>;
  /** By `$id`. */
  readonly ids: ReadonlyMap<string, unknown>;
}

/** How many nodes of a document are looked at. */
const mostNodes = 1_000_000;

/** Looks for names in all of a document; the first of a name counts. */
export function schemaNames(document: unknown): SchemaNames {
  const anchors = new Map<string, unknown>();
  const ids = new Map<string, unknown>();
  const namesOf = (key: string) =>
    /^\$(?:dynamicAnchor|anchor)$/.test(key) ? anchors : key === '$id' ? ids : undefined;
  for (const node of nodesOf(document)) {
    for (const [key, value] of Object.entries(node)) {
      const names = typeof value === 'string' ? namesOf(key) : undefined;
      if (typeof value === 'string' && names?.has(value) === false) names.set(value, node);
    }
  }
  return { anchors, ids };
}

function* nodesOf(document: unknown): Generator<object> {
  const open: unknown[] = [document];
  const seen = new Set<unknown>();
  for (let node = open.pop(); node !== undefined && seen.size < mostNodes; node = open.pop()) {
    if (!isTree(node) || seen.has(node)) continue;
    seen.add(node);
    for (const inner of Object.values(node)) if (isTree(inner)) open.push(inner);
    yield node;
  }
}
