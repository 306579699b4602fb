import { basename } from 'node:path';
import { correlationHeader } from '../model/correlation.js';
import { problem } from '../model/error.js';
import { childOf, itemsOf, type ScalarNode, type YamlNode } from '../yaml/yaml-node.js';
import { planJson } from './plan-json.js';
import { type PlanContext, planFile, planValue } from './plan-value.js';
import type { BodyPlan, PairPlan, PartPlan, RequestPlan, ValueSource } from './request-plan.js';

/** A request that carries nothing, in a suite without defaults. */
export const emptyRequest: RequestPlan = {
  method: undefined,
  path: undefined,
  query: [],
  headers: [],
  cookies: [],
  body: { kind: 'none' },
};

/** Reads the request of a case, or of the defaults, whose shape is checked. Further problems are reported. */
export function planRequest(node: YamlNode, context: PlanContext): RequestPlan {
  return {
    method: textOf(node, 'method'),
    path: textOf(node, 'path'),
    query: planPairs(childOf(node, 'query'), context),
    headers: planHeaders(childOf(node, 'headers'), context),
    cookies: planPairs(childOf(node, 'cookies'), context),
    body: planBody(node, context),
  };
}

function planBody(node: YamlNode, context: PlanContext): BodyPlan {
  const form = childOf(node, 'form');
  if (form !== undefined) return { kind: 'form', fields: planPairs(form, context) };
  const json = childOf(node, 'json');
  if (json !== undefined) return { kind: 'json', value: planJson(json, context) };
  const multipart = childOf(node, 'multipart');
  if (multipart !== undefined) return { kind: 'multipart', parts: planParts(multipart, context) };
  const content = planOptional(childOf(node, 'body'), context);
  return content === undefined ? { kind: 'none' } : { kind: 'raw', content };
}

function planPairs(node: YamlNode | undefined, context: PlanContext): readonly PairPlan[] {
  return pairNodes(node).flatMap(({ name, value }) => {
    const source = planValue(value, context);
    return source === undefined ? [] : [{ name, value: source }];
  });
}

function planHeaders(node: YamlNode | undefined, context: PlanContext): readonly PairPlan[] {
  return pairNodes(node).flatMap(({ name, value }) => {
    if (name.toLowerCase() === correlationHeader.toLowerCase()) return reservedHeader(value, context);
    if (isNull(value)) return [{ name, value: undefined }];
    const source = planValue(value, context);
    return source === undefined ? [] : [{ name, value: source }];
  });
}

function reservedHeader({ at }: YamlNode, { report }: PlanContext): readonly PairPlan[] {
  const message = `Wafproof sets ${correlationHeader} itself, to find the request in the logs; remove it`;
  report(problem('SUITE_INVALID', { message }, at));
  return [];
}

function isNull(node: YamlNode): boolean {
  return node.kind === 'scalar' && node.tag === undefined && node.value === null;
}

/** Names and values in order, from a mapping or from a list of pairs. */
function pairNodes(node: YamlNode | undefined): readonly { readonly name: string; readonly value: YamlNode }[] {
  if (node?.kind === 'mapping') return node.entries.map(({ key, value }) => ({ name: key, value }));
  return itemsOf(node).flatMap((pair) => {
    const [name, value] = itemsOf(pair);
    return name?.kind === 'scalar' && value !== undefined ? [{ name: name.text, value }] : [];
  });
}

function planParts(node: YamlNode, context: PlanContext): readonly PartPlan[] {
  return itemsOf(node).flatMap((part) => {
    const file = textNode(part, 'file');
    const content =
      file === undefined ? planOptional(childOf(part, 'value'), context) : planFile(file.text, file, context);
    const filename = planOptional(childOf(part, 'filename'), context) ?? (file && baseName(file));
    const name = textOf(part, 'name') ?? '';
    return content === undefined ? [] : [{ name, filename, type: textOf(part, 'type'), content }];
  });
}

/** Browsers and curl name an upload after its file. */
function baseName(file: ScalarNode): ValueSource {
  return { kind: 'literal', content: { text: basename(file.text) }, at: file.at };
}

function planOptional(node: YamlNode | undefined, context: PlanContext): ValueSource | undefined {
  return node === undefined ? undefined : planValue(node, context);
}

function textOf(node: YamlNode, key: string): string | undefined {
  return textNode(node, key)?.text;
}

function textNode(node: YamlNode, key: string): ScalarNode | undefined {
  const value = childOf(node, key);
  return value?.kind === 'scalar' ? value : undefined;
}
