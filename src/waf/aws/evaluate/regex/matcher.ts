import { buildAutomaton, type Node } from './build-automaton.js';
import { word } from './byte-set.js';
import { parsePattern } from './parse-pattern.js';
import { type Assertion, UnsupportedPattern } from './pattern.js';

/** Whether a pattern matches somewhere in a text of bytes. */
export type Matcher = (text: string) => boolean;

/** Symbols beside the 256 bytes: a line feed that is the last byte, and the end. */
const lastNewline = 256;
const end = 257;
const symbols = 258;
const newline = 10;

/** What an edge between two bytes needs to know of the byte at each side. */
type Side = 'none' | 'word' | 'newline' | 'other';

/** States are made as texts need them; beyond so many they are made anew. */
const mostStates = 500;

interface State {
  readonly nodes: readonly number[];
  readonly before: Side;
  /** By symbol: the next state, 'match', or nothing where it was not needed yet. */
  readonly next: (State | 'match' | undefined)[];
}

/**
 * A matcher that looks at each byte once, whatever the pattern: a pattern with nested quantifiers takes no longer than another.
 * @returns why it is not evaluated, where AWS does not take it or does not say how
 */
export function matcherOf(pattern: string): Matcher | { readonly unsupported: string } {
  try {
    const automaton = new Automaton(buildAutomaton(parsePattern(pattern)));
    return (text) => automaton.matches(text);
  } catch (error) {
    if (error instanceof UnsupportedPattern) return { unsupported: error.message };
    throw error;
  }
}

class Automaton {
  readonly #nodes: readonly Node[];
  readonly #start: number;
  readonly #seen: Uint32Array;
  #round = 0;
  #states = new Map<string, State>();
  #first: State;

  constructor(nodes: readonly Node[]) {
    this.#nodes = nodes;
    this.#start = nodes.length - 1;
    this.#seen = new Uint32Array(nodes.length);
    this.#first = this.#state([this.#start], 'none');
  }

  matches(text: string): boolean {
    let state: State | 'match' = this.#first;
    const last = text.length - 1;
    for (let at = 0; at <= last; at++) {
      const byte = text.charCodeAt(at) & 0xff;
      state = this.#step(state, at === last && byte === newline ? lastNewline : byte);
      if (state === 'match') return true;
    }
    return this.#step(state, end) === 'match';
  }

  #step(state: State, symbol: number): State | 'match' {
    const known = state.next[symbol];
    if (known !== undefined) return known;
    const made = this.#made(state, symbol);
    state.next[symbol] = made;
    return made;
  }

  /** A match may begin anywhere, so the start is among the nodes that go on. */
  #made(state: State, symbol: number): State | 'match' {
    const reached = this.#reached(state.nodes, state.before, symbol);
    if (reached === 'match') return 'match';
    const byte = symbol === lastNewline ? newline : symbol;
    const next = new Set<number>([this.#start]);
    for (const index of reached) {
      const node = this.#nodes[index];
      if (node?.kind === 'bytes' && node.set[byte] === 1) next.add(node.next);
    }
    return this.#state(
      [...next].sort((one, other) => one - other),
      sideOf(symbol),
    );
  }

  /** The nodes that can be reached without a byte, between `before` and the symbol. */
  #reached(from: readonly number[], before: Side, symbol: number): readonly number[] | 'match' {
    this.#round++;
    const waiting = [...from];
    const reached: number[] = [];
    for (let index = waiting.pop(); index !== undefined; index = waiting.pop()) {
      if (this.#seen[index] === this.#round) continue;
      this.#seen[index] = this.#round;
      const node = this.#nodes[index];
      if (node === undefined) continue;
      if (node.kind === 'accept') return 'match';
      if (node.kind === 'bytes') reached.push(index);
      else if (node.kind === 'split') waiting.push(...node.next);
      else if (holds(node.assertion, before, symbol)) waiting.push(node.next);
    }
    return reached;
  }

  #state(nodes: readonly number[], before: Side): State {
    const key = `${before}:${nodes.join(',')}`;
    const known = this.#states.get(key);
    if (known !== undefined) return known;
    if (this.#states.size >= mostStates) this.#forget();
    const state: State = { nodes, before, next: new Array<State | 'match' | undefined>(symbols) };
    this.#states.set(key, state);
    return state;
  }

  #forget(): void {
    this.#states = new Map();
    this.#first = this.#state([this.#start], 'none');
  }
}

function holds(assertion: Assertion, before: Side, symbol: number): boolean {
  switch (assertion) {
    case 'start':
      return before === 'none';
    case 'very-end':
      return symbol === end;
    case 'end':
      return symbol === end || symbol === lastNewline;
    case 'line-start':
      return before === 'none' || (before === 'newline' && symbol !== end);
    case 'line-end':
      return symbol === end || symbol === lastNewline || symbol === newline;
    case 'word-edge':
      return (before === 'word') !== (sideOf(symbol) === 'word');
    case 'no-word-edge':
      return (before === 'word') === (sideOf(symbol) === 'word');
  }
}

function sideOf(symbol: number): Side {
  if (symbol === end) return 'none';
  if (symbol === newline || symbol === lastNewline) return 'newline';
  return word[symbol] === 1 ? 'word' : 'other';
}
