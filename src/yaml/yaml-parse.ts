import { type Event, parseEvents, YAMLException } from 'js-yaml';
import type { Place } from '../model/place.js';
import type { YamlNode } from './yaml-node.js';
import { YamlTreeBuilder } from './yaml-tree-builder.js';

/** Collections inside collections, with aliases followed. */
const maxYamlDepth = 64;
/** Nodes of one file, with aliases followed: what keeps a small file from growing without end. */
const maxYamlNodes = 500_000;
/** Characters that may begin a node. There are at most two parser events for each, so this bounds the parser's memory. */
const maxIndicators = 2_000_000;

/** A file's only document, or why there is none. */
export type ParsedYaml =
  | { readonly kind: 'parsed'; readonly root: YamlNode }
  | { readonly kind: 'invalid'; readonly reason: string; readonly at: Place };

/**
 * Reads YAML into nodes that know their places. Time and memory are bounded by the length of the text. One document a
 * file; anchors and aliases work, merge keys (`<<`) where they are asked for.
 */
export function parseYaml(text: string, file: string, { mergeKeys = false } = {}): ParsedYaml {
  try {
    const root = buildTree(text, file, mergeKeys);
    return root === undefined
      ? { kind: 'invalid', reason: 'the file is empty', at: { file } }
      : { kind: 'parsed', root };
  } catch (error) {
    if (!(error instanceof YAMLException)) throw error;
    return { kind: 'invalid', reason: error.reason, at: placeOf(error, file) };
  }
}

function buildTree(text: string, file: string, mergeKeys: boolean): YamlNode | undefined {
  if (countIndicators(text) > maxIndicators) throw tooMany();
  const events: readonly Event[] = parseEvents(text, { maxDepth: maxYamlDepth });
  if (events.length > 2 * maxYamlNodes) throw tooMany();
  const builder = new YamlTreeBuilder(text, file, { maxDepth: maxYamlDepth, maxNodes: maxYamlNodes, mergeKeys });
  for (const event of events) builder.take(event);
  return builder.root;
}

function tooMany(): YAMLException {
  return new YAMLException(`it has more than ${maxYamlNodes} nodes; split the file`);
}

function placeOf({ mark }: YAMLException, file: string): Place {
  return mark === undefined ? { file } : { file, line: mark.line + 1, column: mark.column + 1 };
}

function countIndicators(text: string): number {
  let count = 0;
  for (let index = 0; index < text.length; index++) {
    if (indicators.has(text.charCodeAt(index))) count++;
  }
  return count;
}

const indicators = new Set(Array.from(',:?-[{\n\r', (char) => char.charCodeAt(0)));
