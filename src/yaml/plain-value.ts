import type { MappingNode, YamlNode } from './yaml-node.js';

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
  if (node.kind === 'mapping') return plainMapping(node);
  return Number.isFinite(node.value) || typeof node.value !== 'number' ? node.value : node.text;
}

/** Assignment makes no property of `__proto__`, and is much faster for all other keys. */
function plainMapping({ entries }: MappingNode): Record<string, unknown> {
  const values: Record<string, unknown> = {};
  for (const { key, value } of entries) {
    if (key === '__proto__') Object.defineProperty(values, key, { ...ownProperty, value: plainValue(value) });
    else values[key] = plainValue(value);
  }
  return values;
}

const ownProperty = { enumerable: true, configurable: true, writable: true };
