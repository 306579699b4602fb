import type { Place } from '../model/place.js';
import { shortTag } from './yaml-tag.js';

/** What a scalar without a tag of ours can stand for (YAML 1.2, core schema). */
export type YamlScalar = string | number | boolean | null;

interface NodeBase {
  /** The name of a tag of Wafproof's, without its exclamation mark: `each` for `!each`. */
  readonly tag: string | undefined;
  readonly at: Place;
}

export interface ScalarNode extends NodeBase {
  readonly kind: 'scalar';
  /** The text as written: `007`, `1.10`, `~`. */
  readonly text: string;
  readonly value: YamlScalar;
}

export interface MappingEntry {
  readonly key: string;
  readonly keyAt: Place;
  readonly value: YamlNode;
}

export interface MappingNode extends NodeBase {
  readonly kind: 'mapping';
  readonly entries: readonly MappingEntry[];
}

export interface SequenceNode extends NodeBase {
  readonly kind: 'sequence';
  readonly items: readonly YamlNode[];
}

/** One node of a YAML file, with its place. Aliases are resolved, so a node may have several parents. */
export type YamlNode = ScalarNode | MappingNode | SequenceNode;

/** The entry of a mapping under `key`. */
export function entryOf(node: YamlNode | undefined, key: string): MappingEntry | undefined {
  return node?.kind === 'mapping' ? node.entries.find((entry) => entry.key === key) : undefined;
}

/** The value of a mapping under `key`. */
export function childOf(node: YamlNode | undefined, key: string): YamlNode | undefined {
  return entryOf(node, key)?.value;
}

/** The items of a list; none where the node is something else. */
export function itemsOf(node: YamlNode | undefined): readonly YamlNode[] {
  return node?.kind === 'sequence' ? node.items : [];
}

/** Names what a node is, for messages: `a mapping`, `the number 7`, `the tag !env`. */
export function describeNode(node: YamlNode): string {
  if (node.tag !== undefined) return `the tag ${shortTag(node.tag)}`;
  if (node.kind === 'mapping') return 'a mapping';
  if (node.kind === 'sequence') return 'a list';
  return describeScalar(node);
}

function describeScalar({ text, value }: ScalarNode): string {
  if (text === '') return value === null ? 'nothing' : 'an empty text';
  const shown = text.length > 40 ? `${text.slice(0, 40)}…` : text;
  if (typeof value === 'number') return `the number ${shown}`;
  return typeof value === 'string' ? `the text ${JSON.stringify(shown)}` : shown;
}
