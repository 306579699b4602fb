import { extname } from 'node:path';
import { fail, type WafproofError } from '../model/error.js';
import type { Place } from '../model/place.js';
import { type FileText, readText } from '../util/read-file.js';
import { describeNode, type YamlNode } from '../yaml/yaml-node.js';
import { parseYaml } from '../yaml/yaml-parse.js';
import { type CorpusLine, corpusLines } from './corpus-lines.js';
import type { NamedFile } from './find-suites.js';

/** One value of a corpus, and where it stands. */
export interface CorpusValue {
  readonly text: string;
  readonly at: Place;
}

/** YAML is read whole. */
const maxYamlCorpus = 10_000_000;

/**
 * The values of a corpus file in order. Lines are streamed; a YAML list is read whole.
 * @throws WafproofError at the first value that is none
 */
export function corpusValues(file: NamedFile): AsyncIterable<CorpusValue> {
  switch (extname(file.path)) {
    case '.txt':
      return lineValues(file, ({ text }) => text);
    case '.jsonl':
      return lineValues(file, (line) => jsonText(line, file.file));
    case '.yaml':
    case '.yml':
      return yamlValues(file);
    default:
      throw invalid('a corpus is a .txt, .yaml, .yml or .jsonl file', { file: file.file });
  }
}

async function* lineValues(file: NamedFile, textOf: (line: CorpusLine) => string): AsyncGenerator<CorpusValue> {
  for await (const line of corpusLines(file)) yield { text: textOf(line), at: { file: file.file, line: line.number } };
}

function jsonText({ text, number }: CorpusLine, file: string): string {
  const value = parseJson(text);
  if (typeof value === 'string' && value.isWellFormed()) return value;
  throw invalid('a line of a .jsonl corpus is one JSON text, such as "two\\nlines"', { file, line: number });
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

async function* yamlValues({ path, file }: NamedFile): AsyncGenerator<CorpusValue> {
  const read = await readText(path, maxYamlCorpus);
  if (read.kind !== 'read') throw invalid(unreadableText(read), { file });
  const parsed = parseYaml(read.text, file);
  if (parsed.kind === 'invalid') throw invalid(`is not valid YAML: ${parsed.reason}`, parsed.at);
  const { root } = parsed;
  if (root.kind !== 'sequence') throw invalid(`a .yaml corpus is a list of texts, not ${describeNode(root)}`, root.at);
  for (const item of root.items) yield { text: itemText(item), at: item.at };
}

function itemText(node: YamlNode): string {
  if (node.kind === 'scalar' && node.tag === undefined && (node.text !== '' || node.value === '')) return node.text;
  throw invalid(`an item of a .yaml corpus is a text, not ${describeNode(node)}`, node.at);
}

function unreadableText(read: Exclude<FileText, { readonly kind: 'read' }>): string {
  switch (read.kind) {
    case 'missing':
      return 'cannot be read: it is gone';
    case 'not-text':
      return 'is not UTF-8 text';
    case 'too-large':
      return `is ${read.bytes} bytes long and a .yaml corpus may have ${maxYamlCorpus}; write it as .jsonl`;
    case 'unreadable':
      return `cannot be read: ${read.reason}`;
  }
}

function invalid(message: string, place: Place): WafproofError {
  return fail('CORPUS_INVALID', { message }, { place });
}
