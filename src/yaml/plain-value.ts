import type { YamlNode } from './yaml-node.js';

/** A node with a tag, as the schema meets it. */
export class TaggedNode {
  readonly node: YamlNode;

  constructor(node: YamlNode) {
    this.node = node;
  }
}

/** A node as plain values, for the schema. What becomes of a payload is read from the nodes themselves. */
export function plainValue(node: YamlNode): unknown {
  if (node.tag !== undefined) return new TaggedNode(node);
  if (node.kind === 'sequence') return node.items.map(plainValue);
  if (node.kind === 'mapping')
    return Object.fromEntries(node.entries.map(({ key, value }) => [key, plainValue(value)]));
  return Number.isFinite(node.value) || typeof node.value !== 'number' ? node.value : node.text;
}
