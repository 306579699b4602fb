import { requiredPieces } from './required-pieces.js';
import type { Condition, Rule } from './rules.js';

/** What of a request its path and its method are. */
export interface RequestLine {
  readonly method: string;
  /** Without the query. */
  readonly path: string;
}

/** Engines decode other paths than these before they compare them. */
const plain = /^[\w./-]*$/;

/** Whether the conditions of a rule and its chain may hold for a request: nothing that can be told of them rules it out. */
export function mayHold({ links }: Rule, request: RequestLine): boolean {
  return links.every(({ condition }) => condition === undefined || mayBe(condition, request));
}

function mayBe(condition: Condition, { method, path }: RequestLine): boolean {
  const { variables, negated, transformed } = condition;
  if (transformed || negated || condition.argument.includes('%{')) return true;
  const name = variables.toUpperCase();
  if (name === 'REQUEST_METHOD') return mayFit(condition, method);
  if (!plain.test(path)) return true;
  if (name === 'REQUEST_FILENAME') return mayFit(condition, path);
  const isStart = name === 'REQUEST_URI' && condition.operator === 'beginswith' && !condition.argument.includes('?');
  return !isStart || mayFit(condition, path);
}

function mayFit({ operator, argument }: Condition, value: string): boolean {
  switch (operator) {
    case 'streq':
      return value === argument;
    case 'beginswith':
      return value.startsWith(argument);
    case 'endswith':
      return value.endsWith(argument);
    case 'contains':
      return value.includes(argument);
    case 'rx':
      return hasInOrder(value, requiredPieces(argument));
    default:
      return true;
  }
}

function hasInOrder(value: string, pieces: readonly string[]): boolean {
  let from = 0;
  return pieces.every((piece) => {
    const at = value.indexOf(piece, from);
    from = at + piece.length;
    return at >= 0;
  });
}
