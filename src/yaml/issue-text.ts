import type { z } from 'zod';
import { closest } from '../util/closest.js';
import { describeNode, type YamlNode } from './yaml-node.js';

const expectations: Readonly<Record<string, string>> = {
  string: 'a text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  tuple: 'a [name, value] pair',
  object: 'a mapping',
  record: 'a mapping',
};

/** Says what is wrong with a node, in the words of suite files. */
export function issueText(issue: z.core.$ZodIssue, shape: string, node: YamlNode): string {
  if (issue.code === 'custom') return issue.message;
  if (issue.message !== '') return `${issue.message}; found ${describeNode(node)}`;
  const subject = subjectOf(issue.path, shape);
  switch (issue.code) {
    case 'invalid_type':
      return typeText(issue, subject, node);
    case 'invalid_key':
      return issue.issues[0]?.message ?? `${subject} has a key that cannot stand here`;
    case 'invalid_value':
      return valueText(issue, subject, node);
    case 'too_small':
      if (issue.origin === 'array' && issue.minimum === 1)
        return `${subject} is an empty list; write at least one item into it`;
      return `${subject} ${boundText(issue)}, not ${describeNode(node)}`;
    case 'too_big':
      return `${subject} ${boundText(issue)}, not ${describeNode(node)}`;
    default:
      return `${subject} cannot be ${describeNode(node)}`;
  }
}

function boundText(issue: z.core.$ZodIssueTooSmall | z.core.$ZodIssueTooBig): string {
  if (issue.origin === 'array') return `is ${expectations['tuple']}`;
  if (issue.origin === 'string')
    return issue.code === 'too_big' ? `has at most ${issue.maximum} characters` : 'is a text that is not empty';
  return issue.code === 'too_big' ? `is at most ${issue.maximum}` : `is at least ${issue.minimum}`;
}

function typeText(issue: z.core.$ZodIssueInvalidType, subject: string, node: YamlNode): string {
  if (issue.input === undefined) return `${subject} is missing`;
  const expected = expectations[issue.expected] ?? issue.expected;
  if (node.tag !== undefined)
    return `${subject} is ${expected}; a tag may stand only where a value of the request does`;
  return `${subject} is ${expected}, not ${describeNode(node)}${quoteAdvice(issue, node)}`;
}

function quoteAdvice(issue: z.core.$ZodIssueInvalidType, node: YamlNode): string {
  return issue.expected === 'string' && node.kind === 'scalar' && node.text !== '' ? '; put it in quotes' : '';
}

function valueText(issue: z.core.$ZodIssueInvalidValue, subject: string, node: YamlNode): string {
  const known = issue.values.map(String);
  const suggestion = node.kind === 'scalar' ? closest(node.text, known) : undefined;
  const advice = suggestion === undefined ? '' : `; did you mean "${suggestion}"?`;
  return `${subject} is one of ${known.join(', ')}, not ${describeNode(node)}${advice}`;
}

/** `"status"`, `an item of "tags"`, `a case`: what the issue is about. */
function subjectOf(path: readonly PropertyKey[], shape: string): string {
  const last = path.at(-1);
  if (last === undefined) return shape;
  if (typeof last === 'string') return `"${last}"`;
  const list = path.findLast((step) => typeof step === 'string');
  return list === undefined ? 'an item' : `an item of "${String(list)}"`;
}
