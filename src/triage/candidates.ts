import { LiteralFinder } from '../util/literal-finder.js';
import { literalIn } from './literal-in.js';
import type { LogKind } from './log-line.js';
import type { ReadAnswer } from './read-answer.js';
import type { Sign } from './sign.js';
import type { RefusalPattern, System } from './system.js';

/** A way to refuse, and whose it is. */
export interface Candidate {
  readonly system: System;
  readonly refusal: RefusalPattern;
}

/** What a refusal cannot do without, by which it is found among the others. */
type Anchor =
  | { readonly kind: 'literal'; readonly literal: string }
  | { readonly kind: 'header'; readonly name: string }
  | { readonly kind: 'log'; readonly log: LogKind }
  | { readonly kind: 'status'; readonly is: readonly number[] }
  | { readonly kind: 'failure' }
  | { readonly kind: 'none' };

/** Headers that many answers have: by them nothing is found faster. */
const common: readonly string[] = [
  'content-type',
  'content-length',
  'location',
  'server',
  'set-cookie',
  'x-powered-by',
];
const shortestLiteral = 4;

/** All refusals of a table, found by what they cannot do without: one pass over a body, whatever the table holds. */
export class CandidateIndex {
  readonly #byHeader = new Map<string, Candidate[]>();
  readonly #byLog = new Map<LogKind, Candidate[]>();
  readonly #byLiteral = new Map<number, Candidate[]>();
  readonly #byStatus = new Map<number, Candidate[]>();
  readonly #ofFailures: Candidate[] = [];
  readonly #always: Candidate[] = [];
  readonly #numbers = new Map<string, number>();
  readonly #finder: LiteralFinder;

  constructor(systems: readonly System[]) {
    for (const system of systems) {
      for (const refusal of system.refusals) this.#add({ system, refusal });
      for (const sign of system.rides) this.#learn(sign);
    }
    this.#finder = new LiteralFinder([...this.#numbers.keys()]);
  }

  /** Those that may hold for an answer, and whether its body has a literal of a sign. */
  inAnswer({ status, headerNames, text }: Pick<ReadAnswer, 'status' | 'headerNames' | 'text'>) {
    const found = this.#finder.find(text);
    const byHeader = [...headerNames].flatMap((name) => this.#byHeader.get(name) ?? []);
    const byLiteral = [...found].flatMap((number) => this.#byLiteral.get(number) ?? []);
    const has = (literal: string) => found.has(this.#numbers.get(literal) ?? -1);
    const byStatus = this.#byStatus.get(status) ?? [];
    return { candidates: [...this.#always, ...byStatus, ...byHeader, ...byLiteral], has };
  }

  inLog(kind: LogKind): readonly Candidate[] {
    return this.#byLog.get(kind) ?? [];
  }

  /** Those that may hold where the client said something itself. */
  get ofFailures(): readonly Candidate[] {
    return this.#ofFailures;
  }

  #add(candidate: Candidate): void {
    const { all } = candidate.refusal;
    for (const sign of all) this.#learn(sign);
    const anchor = anchorOf(all);
    switch (anchor.kind) {
      case 'log':
        append(this.#byLog, anchor.log, candidate);
        break;
      case 'header':
        append(this.#byHeader, anchor.name, candidate);
        break;
      case 'literal':
        append(this.#byLiteral, this.#numberOf(anchor.literal), candidate);
        break;
      case 'status':
        for (const status of anchor.is) append(this.#byStatus, status, candidate);
        break;
      case 'failure':
        this.#ofFailures.push(candidate);
        break;
      case 'none':
        this.#always.push(candidate);
    }
  }

  /** Pieces of a page are looked up among what was found. */
  #learn(sign: Sign): void {
    const inner = sign.at === 'not' ? sign.sign : sign;
    if (inner.at === 'markup' && typeof inner.is === 'string') this.#numberOf(inner.is);
  }

  #numberOf(literal: string): number {
    const known = this.#numbers.get(literal) ?? this.#numbers.size;
    this.#numbers.set(literal, known);
    return known;
  }
}

function append<K>(map: Map<K, Candidate[]>, key: K, candidate: Candidate): void {
  map.set(key, [...(map.get(key) ?? []), candidate]);
}

function anchorOf(signs: readonly Sign[]): Anchor {
  const log = signs.flatMap((sign) => (sign.at === 'log' ? [sign.kind] : []))[0];
  if (log !== undefined) return { kind: 'log', log };
  const name = signs.flatMap((sign) => (sign.at === 'header' && !common.includes(sign.name) ? [sign.name] : []))[0];
  if (name !== undefined) return { kind: 'header', name };
  const [literal] = signs.flatMap(literalsIn).sort((a, b) => b.length - a.length);
  if (literal !== undefined) return { kind: 'literal', literal };
  if (signs.some(({ at }) => at === 'failure')) return { kind: 'failure' };
  const is = signs.flatMap((sign) => (sign.at === 'status' ? [sign.is] : []))[0];
  return is === undefined ? { kind: 'none' } : { kind: 'status', is };
}

/** Texts that stand in the body as they are: quotes may be escaped there, or be of another shape, and tags in between. */
function literalsIn(sign: Sign): readonly string[] {
  if (!('is' in sign) || !inBody.includes(sign.at)) return [];
  if (sign.at === 'markup' && typeof sign.is === 'string') return [sign.is];
  const text = textOf(sign.is);
  const breaks = sign.at === 'heading' ? /["'\\<>/\s]/ : /["'\\<>/\n]/;
  const pieces = text.split(breaks).map((piece) => piece.trim());
  return pieces.filter(({ length }) => length >= shortestLiteral);
}

function textOf(is: unknown): string {
  if (is instanceof RegExp) return literalIn(is);
  return typeof is === 'string' ? is : '';
}

const inBody: readonly Sign['at'][] = ['title', 'heading', 'body', 'markup', 'json', 'xml'];
