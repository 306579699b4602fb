import { fail } from '../../../model/error.js';
import { isTree, text } from '../../../util/json-tree.js';
import { readText } from '../../../util/read-file.js';
import { plainValue } from '../../../yaml/plain-value.js';
import { parseYaml } from '../../../yaml/yaml-parse.js';
import { matcherOf } from '../evaluate/regex/matcher.js';
import { type Approximation, inspectionOf } from './approximations.js';

const longestFile = 4 * 1024 * 1024;

/** What `in` may say. */
const parts = [
  'body',
  'query-arguments',
  'query-string',
  'uri-path',
  'headers',
  'cookies',
  'user-agent',
  'host',
] as const;

/**
 * Reads a user's approximations of managed rules: `AWS#Group#Rule: { pattern: …, in: body }`, a line a rule, in YAML.
 * @throws WafproofError `LAB_APPROXIMATIONS`
 */
export async function readApproximations(file: string): Promise<readonly Approximation[]> {
  const read = await readText(file, longestFile);
  if (read.kind !== 'read')
    throw wrong(file, read.kind === 'missing' ? 'there is no such file' : 'it cannot be read as text');
  const parsed = parseYaml(read.text, file);
  if (parsed.kind !== 'parsed') throw wrong(file, parsed.reason);
  const value = parsed.root.kind === 'mapping' ? plainValue(parsed.root) : undefined;
  if (!isTree(value)) throw wrong(file, 'it is no mapping of rules');
  return Object.entries(value).map(([rule, given]) => readApproximation(file, rule, given));
}

function readApproximation(file: string, rule: string, given: unknown): Approximation {
  if (!/^[^#\s]+#[^#\s]+#[^#\s]+$/.test(rule)) throw wrong(file, `"${rule}" is not of the form AWS#Group#Rule`);
  const tree = isTree(given) ? given : {};
  const part = parts.find((one) => one === tree['in']);
  const inspect = part && inspectionOf(part);
  if (inspect === undefined) throw wrong(file, `"in" of ${rule} is not one of ${parts.join(', ')}`);
  const pattern = text(tree['pattern']);
  if (pattern === '') throw wrong(file, `${rule} has no "pattern"`);
  const matcher = matcherOf(pattern);
  if (typeof matcher !== 'function') throw wrong(file, `the pattern of ${rule} is not taken: ${matcher.unsupported}`);
  return { rule, pattern, inspect };
}

function wrong(file: string, reason: string) {
  return fail('LAB_APPROXIMATIONS', { reason }, { place: { file } });
}
