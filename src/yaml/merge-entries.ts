import type { MappingEntry, MappingNode, YamlNode } from './yaml-node.js';

/** What a merge key takes in, and before how many of the mapping's own entries it stands. */
export interface Merge {
  readonly sources: readonly MappingNode[];
  readonly before: number;
}

/** The mappings that the value of a merge key means; nothing where it is neither one nor a list of them. */
export function mergeSources(value: YamlNode): readonly MappingNode[] | undefined {
  const sources = value.kind === 'sequence' ? value.items : [value];
  const mappings = sources.filter((source): source is MappingNode => source.kind === 'mapping');
  return mappings.length === sources.length ? mappings : undefined;
}

/**
 * A mapping's entries with those that it takes in: its own stand before them, and of the others the first of a name
 * (Merge Key Language-Independent Type for YAML 1.1).
 */
export function mergeEntries(own: readonly MappingEntry[], { sources, before }: Merge): readonly MappingEntry[] {
  const known = new Set(own.map(({ key }) => key));
  const taken: MappingEntry[] = [];
  for (const entry of sources.flatMap(({ entries }) => entries)) {
    if (!known.has(entry.key)) taken.push(entry);
    known.add(entry.key);
  }
  return [...own.slice(0, before), ...taken, ...own.slice(before)];
}
