import type { z } from 'zod';
import { problem } from '../model/error.js';
import { closest } from '../util/closest.js';
import { issueText } from '../yaml/issue-text.js';
import { plainValue } from '../yaml/plain-value.js';
import type { Report } from '../yaml/problem-list.js';
import { locate, withoutUnion } from '../yaml/shape-issues.js';
import { entryOf, type YamlNode } from '../yaml/yaml-node.js';
import {
  caseSchema,
  defaultsSchema,
  expectSchema,
  formSourceSchema,
  partSchema,
  sampleSchema,
  suiteHeadSchema,
} from './suite-schema.js';

/** What a mapping is, for messages, and its schema. */
const shapes = {
  'a suite': suiteHeadSchema,
  defaults: defaultsSchema,
  'a case': caseSchema,
  '!each': sampleSchema,
} as const;

export type Shape = keyof typeof shapes;
type Issue = z.core.$ZodIssue;

/**
 * The checked value of a node; `undefined` once its problems are reported. A key that is unknown is reported and then
 * passed over, so that what is wrong beside it is found in the same run.
 */
export function checkShape<S extends Shape>(
  shape: S,
  node: YamlNode,
  report: Report,
): z.output<(typeof shapes)[S]> | undefined {
  // Messages are empty where the schema has none of its own: issueText writes those.
  const result = shapes[shape].safeParse(plainValue(node), { error: () => '', reportInput: true });
  if (result.success) return result.data as z.output<(typeof shapes)[S]>;
  const issues = result.error.issues.flatMap(withoutUnion);
  for (const issue of issues) {
    if (issue.code === 'unrecognized_keys') reportUnknownKeys(issue, shape, node, report);
    else reportIssue(issue, shape, node, report);
  }
  const unknown = issues.flatMap((issue) => (issue.code === 'unrecognized_keys' && isAtTop(issue) ? issue.keys : []));
  return unknown.length > 0 && issues.every(isAtTop)
    ? checkShape(shape, withoutKeys(node, unknown), report)
    : undefined;
}

function isAtTop({ path, code }: Issue): boolean {
  return code === 'unrecognized_keys' && path.length === 0;
}

function withoutKeys(node: YamlNode, keys: readonly string[]): YamlNode {
  if (node.kind !== 'mapping') return node;
  return { ...node, entries: node.entries.filter(({ key }) => !keys.includes(key)) };
}

function reportIssue(issue: Issue, shape: Shape, root: YamlNode, report: Report): void {
  const { node, keyAt } = locate(root, issue.path);
  const at = issue.code === 'invalid_key' ? keyAt : node.at;
  report(problem('SUITE_INVALID', { message: issueText(issue, shape, node) }, at));
}

function reportUnknownKeys(
  issue: z.core.$ZodIssueUnrecognizedKeys,
  shape: Shape,
  root: YamlNode,
  report: Report,
): void {
  const { node } = locate(root, issue.path);
  const { of, known } = mappingAt(issue.path, shape);
  for (const key of issue.keys) {
    const suggestion = closest(key, known);
    const data = { key, of, ...(suggestion !== undefined && { suggestion }) };
    report(problem('SUITE_UNKNOWN_KEY', data, entryOf(node, key)?.keyAt ?? node.at));
  }
}

function mappingAt(path: readonly PropertyKey[], shape: Shape): { of: string; known: readonly string[] } {
  const inside = path.find((step) => typeof step === 'string');
  if (inside === 'expect') return { of: '"expect"', known: Object.keys(expectSchema.shape) };
  if (inside === 'from') return { of: '"from"', known: Object.keys(formSourceSchema.shape) };
  if (inside === 'multipart') return { of: 'a part', known: Object.keys(partSchema.shape) };
  return { of: shape, known: Object.keys(shapes[shape].shape) };
}
