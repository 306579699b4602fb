import type { ByteSet } from './byte-set.js';
import { type Assertion, type Pattern, UnsupportedPattern } from './pattern.js';

/** A state of the automaton, and the numbers of those that follow. */
export type Node =
  | { readonly kind: 'bytes'; readonly set: ByteSet; readonly next: number }
  | { readonly kind: 'split'; readonly next: readonly number[] }
  | { readonly kind: 'assertion'; readonly assertion: Assertion; readonly next: number }
  | { readonly kind: 'accept' };

/** Large numbers in quantifiers make copies; AWS does not take them either. */
const mostNodes = 1500;

/** A pattern as nodes; the last one is where it begins. */
export function buildAutomaton(pattern: Pattern): readonly Node[] {
  const nodes: Node[] = [{ kind: 'accept' }];
  const start = add(nodes, pattern, 0);
  return [...nodes, { kind: 'split', next: [start] }];
}

/** @returns the node where the pattern begins that goes on at `next` */
function add(nodes: Node[], pattern: Pattern, next: number): number {
  switch (pattern.kind) {
    case 'bytes':
      return push(nodes, { kind: 'bytes', set: pattern.set, next });
    case 'assertion':
      return push(nodes, { kind: 'assertion', assertion: pattern.assertion, next });
    case 'sequence':
      return pattern.parts.reduceRight((after, part) => add(nodes, part, after), next);
    case 'choice':
      return push(nodes, { kind: 'split', next: pattern.parts.map((part) => add(nodes, part, next)) });
    case 'repeat':
      return addRepeat(nodes, pattern, next);
  }
}

function addRepeat(nodes: Node[], { part, least, most }: Extract<Pattern, { kind: 'repeat' }>, next: number): number {
  if (most < least) throw new UnsupportedPattern('a quantifier is not in order');
  let after = next;
  if (most === Number.POSITIVE_INFINITY) after = addLoop(nodes, part, next);
  else
    for (let count = least; count < most; count++)
      after = push(nodes, { kind: 'split', next: [add(nodes, part, after), next] });
  for (let count = 0; count < least; count++) after = add(nodes, part, after);
  return after;
}

function addLoop(nodes: Node[], part: Pattern, next: number): number {
  const loop = push(nodes, { kind: 'split', next: [next] });
  nodes[loop] = { kind: 'split', next: [add(nodes, part, loop), next] };
  return loop;
}

function push(nodes: Node[], node: Node): number {
  if (nodes.length >= mostNodes) throw new UnsupportedPattern('it is too large to be evaluated');
  return nodes.push(node) - 1;
}
