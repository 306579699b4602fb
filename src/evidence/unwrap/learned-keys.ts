import { mayHoldLine } from './log-beginnings.js';

/** A way to a value in JSON: keys, and `*` for each element of a list. */
export type LearnedPath = readonly string[];

const each = '*';
const mostValues = 5000;
const mostPaths = 32;
const deepest = 12;

/** How loggers and collectors call what they were given to log. */
const lineKey =
  /(?:^|[._@-])(?:log|message|msg|line|text|raw|event|original|content|data|payload|entry|body|value)$|(?:Log|Message|Line|Text|Event|Payload|Entry|Value)$/i;
/** What a client says is not taken for a line of a log. */
const clientKey = /req(?:uest|[._-]|$)|query|arg|param|header|cookie|ur[il]|path|agent|refer|user|client|input|form/i;

/** Where in a value of JSON a log's own line may be: each way once, and elements of a list as one. */
export function pathsToLines(value: unknown): readonly LearnedPath[] {
  const found = new Map<string, LearnedPath>();
  let left = mostValues;
  const visit = (inner: unknown, path: LearnedPath): void => {
    if (left-- <= 0 || path.length > deepest || found.size === mostPaths) return;
    if (mayBeLine(inner, path)) found.set(JSON.stringify(path), path);
    if (Array.isArray(inner)) for (const one of inner) visit(one, [...path, each]);
    else if (isObject(inner)) for (const [key, one] of Object.entries(inner)) visit(one, [...path, key]);
  };
  visit(value, []);
  return [...found.values()];
}

function mayBeLine(value: unknown, path: LearnedPath): boolean {
  const key = path.findLast((step) => step !== each) ?? '';
  if (!lineKey.test(key) || path.some((step) => clientKey.test(step))) return false;
  return typeof value === 'string' ? mayHoldLine(value) : isObject(value) && !Array.isArray(value);
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}

/** What a way leads to. */
export function valuesAt(value: unknown, path: LearnedPath): readonly unknown[] {
  const [key, ...rest] = path;
  if (key === undefined) return [value];
  if (Array.isArray(value)) return key === each ? value.flatMap((one) => valuesAt(one, rest)) : [];
  return isObject(value) && Object.hasOwn(value, key) ? valuesAt(Reflect.get(value, key), rest) : [];
}
