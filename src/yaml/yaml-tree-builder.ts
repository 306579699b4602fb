import {
  type AliasEvent,
  EVENT_ID,
  type Event,
  getScalarValue,
  type MappingEvent,
  type ScalarEvent,
  type SequenceEvent,
  YAMLException,
} from 'js-yaml';
import type { Place } from '../model/place.js';
import { positionsIn, type TextPosition } from '../util/text-position.js';
import { type Merge, mergeEntries, mergeSources } from './merge-entries.js';
import { anchorOf, type NodeEvent, plainOrText, startOf, tagOf } from './yaml-event.js';
import type { MappingEntry, ScalarNode, YamlNode } from './yaml-node.js';
import { isCoreScalarTag, resolveTagged } from './yaml-scalar.js';
import { collectionTag, shortTag } from './yaml-tag.js';

/** How far a file may unfold once its aliases are followed. */
interface YamlLimits {
  readonly maxDepth: number;
  readonly maxNodes: number;
  /** `<<` takes in other mappings; else it is refused. */
  readonly mergeKeys: boolean;
}

interface Properties {
  readonly tag: string | undefined;
  readonly anchor: string | undefined;
  readonly offset: number;
}

/** A collection whose end has not come yet. */
interface OpenCollection extends Properties {
  readonly entries: MappingEntry[] | undefined;
  readonly items: YamlNode[];
  /** Once there are too many keys to look through. */
  keys: Set<string> | undefined;
  key: ScalarNode | undefined;
  /** The key is the one that takes in other mappings. */
  isMerging: boolean;
  merge: Merge | undefined;
  size: number;
  height: number;
}

/** What an anchor stands for, and what it adds wherever an alias repeats it. */
interface Measured {
  readonly node: YamlNode;
  readonly size: number;
  readonly height: number;
}

/** Builds the tree of one document from the parser's events. Problems are thrown as `YAMLException`, as the parser does. */
export class YamlTreeBuilder {
  root: YamlNode | undefined;
  readonly #text: string;
  readonly #file: string;
  readonly #limits: YamlLimits;
  readonly #positionOf: (offset: number) => TextPosition;
  readonly #open: OpenCollection[] = [];
  readonly #anchors = new Map<string, Measured>();
  #offset = 0;

  constructor(text: string, file: string, limits: YamlLimits) {
    this.#text = text;
    this.#file = file;
    this.#limits = limits;
    this.#positionOf = positionsIn(text);
  }

  take(event: Event): void {
    switch (event.type) {
      case EVENT_ID.DOCUMENT:
        break;
      case EVENT_ID.SCALAR:
        this.#scalar(event);
        break;
      case EVENT_ID.ALIAS:
        this.#alias(event);
        break;
      case EVENT_ID.POP:
        this.#close();
        break;
      default:
        this.#open.push(this.#collection(event));
    }
  }

  #scalar(event: ScalarEvent): void {
    const { tag, anchor, offset } = this.#properties(event);
    const text = getScalarValue(this.#text, event);
    if (!text.isWellFormed()) this.#fail('an escape sequence stands for half a character', offset);
    const core = tag !== undefined && isCoreScalarTag(tag);
    const value = core ? this.#explicit(text, tag, offset) : plainOrText(event, text);
    const ours = core || tag === undefined ? undefined : tag;
    this.#add({ kind: 'scalar', tag: ours, at: this.#place(offset), text, value }, anchor, 1, 0);
  }

  #explicit(text: string, tag: string, offset: number) {
    const value = resolveTagged(text, tag);
    if (value === undefined) this.#fail(`the value does not fit its tag ${shortTag(tag)}`, offset);
    return value;
  }

  #alias(event: AliasEvent): void {
    const name = this.#text.slice(event.anchorStart, event.anchorEnd);
    this.#offset = event.anchorStart - 1;
    const target = this.#anchors.get(name);
    const loops = this.#open.some(({ anchor }) => anchor === name);
    if (loops) this.#fail(`the alias *${name} stands inside its own anchor`, this.#offset);
    if (target === undefined) this.#fail(`there is no anchor &${name} before this alias`, this.#offset);
    this.#add(target.node, undefined, target.size, target.height);
  }

  #collection(event: MappingEvent | SequenceEvent): OpenCollection {
    const isMapping = event.type === EVENT_ID.MAPPING;
    const { tag, anchor, offset } = this.#properties(event);
    return {
      tag: tag === collectionTag(isMapping) ? undefined : tag,
      anchor,
      offset,
      entries: isMapping ? [] : undefined,
      items: [],
      keys: undefined,
      key: undefined,
      isMerging: false,
      merge: undefined,
      size: 1,
      height: 0,
    };
  }

  #close(): void {
    const done = this.#open.pop();
    if (done === undefined) return;
    const { tag, entries, items, merge } = done;
    const at = this.#place(done.offset);
    const node: YamlNode =
      entries === undefined
        ? { tag, at, kind: 'sequence', items }
        : { tag, at, kind: 'mapping', entries: merge === undefined ? entries : mergeEntries(entries, merge) };
    this.#add(node, done.anchor, done.size, done.height + 1);
  }

  #add(node: YamlNode, anchor: string | undefined, size: number, height: number): void {
    if (anchor !== undefined) this.#anchors.set(anchor, { node, size, height });
    this.#measure(size, height);
    const parent = this.#open.at(-1);
    if (parent === undefined) this.#setRoot(node);
    else if (parent.entries === undefined) parent.items.push(node);
    else if (parent.key === undefined) parent.key = this.#key(parent, node);
    else if (parent.isMerging) this.#merge(parent, parent.entries.length, node);
    else {
      parent.entries.push({ key: parent.key.text, keyAt: parent.key.at, value: node });
      parent.key = undefined;
    }
  }

  #merge(parent: OpenCollection, before: number, value: YamlNode): void {
    const sources = mergeSources(value);
    if (sources === undefined) this.#fail('a merge key takes a mapping, or a list of mappings', this.#offset);
    parent.merge = { sources, before };
    parent.isMerging = false;
    parent.key = undefined;
  }

  #measure(size: number, height: number): void {
    const parent = this.#open.at(-1);
    const total = parent === undefined ? size : parent.size + size;
    if (total > this.#limits.maxNodes)
      this.#fail(`it unfolds to more than ${this.#limits.maxNodes} nodes; split the file`, this.#offset);
    if (this.#open.length + height > this.#limits.maxDepth)
      this.#fail(`it is nested deeper than ${this.#limits.maxDepth} levels`, this.#offset);
    if (parent === undefined) return;
    parent.size = total;
    parent.height = Math.max(parent.height, height);
  }

  #setRoot(node: YamlNode): void {
    if (this.root !== undefined) this.#fail('a second document begins; write one document a file', this.#offset);
    this.root = node;
  }

  #key(parent: OpenCollection, node: YamlNode): ScalarNode {
    if (node.kind !== 'scalar' || node.tag !== undefined) this.#fail('a key is a plain text', this.#offset);
    parent.isMerging = node.text === '<<' && this.#text[this.#offset] === '<';
    if (parent.isMerging && !this.#limits.mergeKeys)
      this.#fail('merge keys are not supported; use "defaults", or quote the key', this.#offset);
    if (parent.isMerging ? parent.merge !== undefined : hasKey(parent, node.text))
      this.#fail(
        `the key ${JSON.stringify(node.text)} is here twice; where names repeat, write a list of [name, value] pairs`,
        this.#offset,
      );
    if (!parent.isMerging) parent.keys?.add(node.text);
    return node;
  }

  #properties(event: NodeEvent): Properties {
    const start = startOf(event);
    if (start >= 0) this.#offset = start;
    return { tag: tagOf(event, this.#text), anchor: anchorOf(event, this.#text), offset: this.#offset };
  }

  #place(offset: number): Place {
    const { line, column } = this.#positionOf(offset);
    return { file: this.#file, line, column };
  }

  #fail(reason: string, offset: number): never {
    return YAMLException.throwAt(this.#text, offset, reason);
  }
}

/** Up to so many keys are looked through one by one. */
const fewKeys = 12;

function hasKey(open: OpenCollection, key: string): boolean {
  const { entries = [] } = open;
  if (entries.length > fewKeys) open.keys ??= new Set(entries.map((entry) => entry.key));
  return open.keys?.has(key) ?? entries.some((entry) => entry.key === key);
}
