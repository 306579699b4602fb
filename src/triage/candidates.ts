import { LiteralFinder } from '../util/literal-finder.js';
import type { LogKind } from './log-line.js';
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

  /** Those that may hold for an answer with these headers and that body, and whether the body has a literal of a sign. */
  inAnswer(headers: Iterable<string>, body: string) {
    const found = this.#finder.find(body);
    const byHeader = [...headers].flatMap((name) => this.#byHeader.get(name) ?? []);
    const byLiteral = [...found].flatMap((number) => this.#byLiteral.get(number) ?? []);
    const has = (literal: string) => found.has(this.#numbers.get(literal) ?? -1);
    return { candidates: [...this.#always, ...byHeader, ...byLiteral], has };
  }

  inLog(kind: LogKind): readonly Candidate[] {
    return this.#byLog.get(kind) ?? [];
  }

  /** Those that nothing is known of by which they are found: they are tried on every answer. */
  get always(): readonly Candidate[] {
    return this.#always;
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
  return literal === undefined ? { kind: 'none' } : { kind: 'literal', literal };
}

/** Texts that stand in the body as they are: quotes may be escaped there, or be of another shape, and tags in between. */
function literalsIn(sign: Sign): readonly string[] {
  if (!('is' in sign) || typeof sign.is !== 'string' || !inBody.includes(sign.at)) return [];
  if (sign.at === 'markup') return [sign.is];
  const breaks = sign.at === 'heading' ? /["'\\<>\s]/ : /["'\\<>\n]/;
  const pieces = sign.is.split(breaks).map((piece) => piece.trim());
  return pieces.filter(({ length }) => length >= shortestLiteral);
}

const inBody: readonly Sign['at'][] = ['title', 'heading', 'body', 'markup', 'json', 'xml'];
