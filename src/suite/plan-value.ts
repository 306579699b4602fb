import { resolve } from 'node:path';
import { problem } from '../model/error.js';
import { contentOf } from '../request/content-of.js';
import { closest } from '../util/closest.js';
import type { Report } from '../yaml/problem-list.js';
import { describeNode, type YamlNode } from '../yaml/yaml-node.js';
import { shortTag } from '../yaml/yaml-tag.js';
import { checkShape } from './check-shape.js';
import { parseRandom, randomUsage } from './parse-random.js';
import type { ValueSource } from './request-plan.js';

/** What planning needs to know besides the nodes. */
export interface PlanContext {
  /** The folder of the suite file. */
  readonly folder: string;
  readonly report: Report;
}

type TagReader = (node: YamlNode, context: PlanContext) => ValueSource | undefined;

const tagReaders: Readonly<Record<string, TagReader>> = {
  each: readEach,
  file: readFileTag,
  base64: readBase64,
  env: readName('env', 'the name of an environment variable'),
  session: readName('session', 'the name of a session value'),
  random: readRandom,
};

/** The tags that a value may have, without their `!`. */
export const tagNames: readonly string[] = Object.keys(tagReaders);

/** Where the value of a node comes from; `undefined` once the problem is reported. */
export function planValue(node: YamlNode, context: PlanContext): ValueSource | undefined {
  if (node.tag !== undefined) return readTag(node, node.tag, context);
  if (node.kind === 'scalar') return { kind: 'literal', content: { text: node.text }, at: node.at };
  return invalid(`a value is a text, not ${describeNode(node)}`, node, context);
}

/** A file that a suite names. */
export function planFile(path: string, node: YamlNode, { folder }: PlanContext): ValueSource {
  return { kind: 'file', path: resolve(folder, path), shown: path, at: node.at };
}

function readTag(node: YamlNode, tag: string, context: PlanContext): ValueSource | undefined {
  if (Object.hasOwn(tagReaders, tag)) return tagReaders[tag]?.(node, context);
  const suggestion = tag === 'tag:yaml.org,2002:binary' ? 'base64' : closest(tag, tagNames);
  const known = tagNames.map((name) => `!${name}`);
  const advice = suggestion === undefined ? `tags are ${known.join(', ')}` : `did you mean "!${suggestion}"?`;
  return invalid(`there is no tag "${shortTag(tag)}"; ${advice}`, node, context);
}

function readEach(node: YamlNode, context: PlanContext): ValueSource | undefined {
  const base = { kind: 'each', folder: context.folder, at: node.at } as const;
  if (node.kind !== 'mapping') {
    const corpus = argument(node, 'each', 'a corpus', context);
    return corpus === undefined ? undefined : { ...base, corpus, take: Number.POSITIVE_INFINITY, seed: 0 };
  }
  const sample = checkShape('!each', { ...node, tag: undefined }, context.report);
  if (sample === undefined) return undefined;
  return { ...base, corpus: sample.from, take: sample.take ?? Number.POSITIVE_INFINITY, seed: sample.seed ?? 0 };
}

function readFileTag(node: YamlNode, context: PlanContext): ValueSource | undefined {
  const path = argument(node, 'file', 'the path of a file', context);
  return path === undefined ? undefined : planFile(path, node, context);
}

function readBase64(node: YamlNode, context: PlanContext): ValueSource | undefined {
  if (node.kind !== 'scalar') return invalid(`!base64 takes a text, not ${inner(node)}`, node, context);
  const digits = node.text.replace(/\s+/g, '');
  if (digits.length % 4 !== 0 || !/^[A-Za-z0-9+/]*={0,2}$/.test(digits))
    return invalid('the text after !base64 is not base64: letters, digits, + and /, padded with =', node, context);
  return { kind: 'literal', content: contentOf(Buffer.from(digits, 'base64')), at: node.at };
}

function readName(kind: 'env' | 'session', what: string): TagReader {
  return (node, context) => {
    const name = argument(node, kind, what, context);
    return name === undefined ? undefined : { kind, name, at: node.at };
  };
}

function readRandom(node: YamlNode, context: PlanContext): ValueSource | undefined {
  const words = argument(node, 'random', randomUsage, context);
  if (words === undefined) return undefined;
  const read = parseRandom(words);
  if (typeof read === 'string') return invalid(read, node, context);
  return { kind: 'random', ...read, at: node.at };
}

function argument(node: YamlNode, tag: string, what: string, context: PlanContext): string | undefined {
  if (node.kind === 'scalar' && node.text !== '') return node.text;
  return invalid(`!${tag} takes ${what}, not ${inner(node)}`, node, context);
}

function inner(node: YamlNode): string {
  const untagged = { ...node, tag: undefined };
  return node.kind === 'scalar' && node.text === '' ? 'nothing' : describeNode(untagged);
}

function invalid(message: string, { at }: YamlNode, { report }: PlanContext): undefined {
  report(problem('SUITE_INVALID', { message }, at));
}
