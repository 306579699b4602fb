import { COLLECTION_STYLE, DUMP_SCHEMA, type Node, present, SCALAR_STYLE } from 'js-yaml';
import { collectionTag, stringTag } from './yaml-tag.js';

/** A scalar with a tag of suites: `!base64 iVBO…`, `!env NAME`. */
export interface YamlTagged {
  readonly tag: 'base64' | 'env' | 'session' | 'file';
  readonly value: string;
}

/** What can be written as YAML: texts, numbers, truth values, `null`, tagged values, lists and mappings, which keep their order. */
export type YamlTree =
  | string
  | number
  | boolean
  | null
  | YamlTagged
  | readonly YamlTree[]
  | ReadonlyMap<string, YamlTree>;

const nullTag = 'tag:yaml.org,2002:null';
const boolTag = 'tag:yaml.org,2002:bool';
const intTag = 'tag:yaml.org,2002:int';
const floatTag = 'tag:yaml.org,2002:float';

/**
 * A tree as one YAML document. Each text reads back as the same text whatever is in it: what another reader could take
 * for something else, in YAML 1.1 or 1.2, is quoted, and what cannot be seen is escaped.
 */
export function writeYaml(tree: YamlTree): string {
  const document = { contents: toNode(tree), directives: [] };
  return present([document], { schema: DUMP_SCHEMA, lineWidth: -1, quoteStyle: 'double' });
}

function toNode(tree: YamlTree): Node {
  if (tree === null) return scalar('null', nullTag);
  if (typeof tree === 'boolean') return scalar(`${tree}`, boolTag);
  if (typeof tree === 'number') return scalar(JSON.stringify(tree), Number.isInteger(tree) ? intTag : floatTag);
  if (typeof tree === 'string') return scalar(tree, stringTag);
  if (isList(tree)) return list(tree);
  if (isMapping(tree)) return mapping(tree);
  return { ...scalar(tree.value, `!${tree.tag}`), tagged: true };
}

function scalar(value: string, tag: string) {
  return { kind: 'scalar' as const, tag, tagged: false, style: SCALAR_STYLE.PLAIN, value };
}

/** A list of short texts stands on one line, as in `tags: [a, b]`. */
function list(items: readonly YamlTree[]): Node {
  const isShort = items.every((item) => typeof item === 'string' && item.length <= 80 && !item.includes('\n'));
  const style = isShort ? COLLECTION_STYLE.FLOW : COLLECTION_STYLE.BLOCK;
  return { kind: 'sequence', tag: collectionTag(false), tagged: false, style, items: items.map(toNode) };
}

function mapping(entries: ReadonlyMap<string, YamlTree>): Node {
  const items = [...entries].map(([key, value]) => ({ key: toNode(key), value: toNode(value) }));
  return { kind: 'mapping', tag: collectionTag(true), tagged: false, style: COLLECTION_STYLE.BLOCK, items };
}

/** `Array.isArray` does not narrow readonly arrays. */
function isList(tree: YamlTree): tree is readonly YamlTree[] {
  return Array.isArray(tree);
}

function isMapping(tree: YamlTree): tree is ReadonlyMap<string, YamlTree> {
  return tree instanceof Map;
}
