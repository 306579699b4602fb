import type { Pair } from '../../model/request.js';
import { childOf, entryOf, itemsOf, type YamlNode } from '../../yaml/yaml-node.js';
import { type Either, type FtwInput, leftOut, value } from './ftw-test.js';
import { expandTemplate } from './go-template.js';

/** Reads what a stage sends. Left out are what only a raw connection can send, and what belongs to the answer. */
export function readInput(node: YamlNode | undefined): Either<FtwInput> {
  if (node?.kind !== 'mapping') return leftOut('shape');
  if (hasText(node, 'encoded_request') || hasText(node, 'raw_request')) return leftOut('raw');
  if (entryOf(node, 'response') !== undefined) return leftOut('response');
  if (isTrue(node, 'follow_redirect') || entryOf(node, 'uris') !== undefined) return leftOut('stages');
  const headers = readHeaders(node);
  const [method, uri, version] = [
    textOr(node, 'method', 'GET'),
    textOr(node, 'uri', '/'),
    textOr(node, 'version', 'HTTP/1.1'),
  ];
  if (method === undefined || uri === undefined || version === undefined || headers === undefined)
    return leftOut('shape');
  const data = readData(node);
  if (data.kind === 'left-out') return data;
  return value({ method, uri, version, headers, data: data.value, completes: completes(node) });
}

function completes(input: YamlNode): boolean {
  return !isTrue(input, 'stop_magic') && childText(input, 'autocomplete_headers')?.toLowerCase() !== 'false';
}

/** The body: a text in which Go templates are expanded, or bytes in base64. */
function readData(input: YamlNode): Either<Uint8Array> {
  const data = textOr(input, 'data', '');
  const encoded = textOr(input, 'encoded_data', '')?.replace(/\s+/g, '');
  if (data === undefined || encoded === undefined || !/^[A-Za-z0-9+/]*={0,2}$/.test(encoded)) return leftOut('shape');
  if (entryOf(input, 'data') === undefined) return value(Buffer.from(encoded, 'base64'));
  const expanded = expandTemplate(data);
  return expanded === undefined ? leftOut('go-template') : value(new TextEncoder().encode(expanded));
}

/** A mapping of names to values, or, since version 3 of the schema, a list of `name` and `value`. */
function readHeaders(input: YamlNode): readonly Pair[] | undefined {
  const ordered = childOf(input, 'ordered_headers');
  const node = ordered ?? childOf(input, 'headers');
  if (node === undefined || isNothing(node)) return [];
  const pairs =
    node.kind === 'mapping'
      ? node.entries.map(({ key, value: header }) => [key, textOf(header)] as const)
      : itemsOf(node).map((item) => [childText(item, 'name'), childText(item, 'value')] as const);
  const complete = pairs.flatMap(([name, text]): readonly Pair[] =>
    name === undefined || text === undefined ? [] : [[name, text]],
  );
  return node.kind !== 'scalar' && complete.length === pairs.length ? complete : undefined;
}

/** The text under a key, `missing` where there is none, and `undefined` where something else stands. */
function textOr(node: YamlNode, key: string, missing: string): string | undefined {
  const child = childOf(node, key);
  return child === undefined || isNothing(child) ? missing : textOf(child);
}

function hasText(node: YamlNode, key: string): boolean {
  return (childText(node, key) ?? '') !== '';
}

function isTrue(node: YamlNode, key: string): boolean {
  return childText(node, key)?.toLowerCase() === 'true';
}

export function childText(node: YamlNode | undefined, key: string): string | undefined {
  const child = childOf(node, key);
  return child && textOf(child);
}

/** A scalar as it is written; Go reads `null` as an empty text. */
export function textOf(node: YamlNode): string | undefined {
  if (node.kind !== 'scalar' || node.tag !== undefined) return undefined;
  return node.value === null ? '' : node.text;
}

function isNothing(node: YamlNode): boolean {
  return node.kind === 'scalar' && node.value === null && node.tag === undefined;
}
