import { LiteralFinder } from '../util/literal-finder.js';
import { signsAnchor } from './anchor.js';
import { unescapeAt } from './decode-text.js';
import type { LogKind } from './log-line.js';
import type { ReadAnswer } from './read-answer.js';
import type { Sign } from './sign.js';
import type { RefusalPattern, System } from './system.js';

/** A way to refuse, and whose it is. */
export interface Candidate {
  readonly system: System;
  readonly refusal: RefusalPattern;
}

/** A way to refuse, with its signs in the order in which they are asked for: the cheapest first. */
export interface IndexedCandidate extends Candidate {
  readonly inOrder: readonly Sign[];
}

/** A system, and a sign that it is on the way. */
export interface Ride {
  readonly system: System;
  readonly sign: Sign;
}

/** All refusals of a table, found by what they cannot do without: one pass over a body, whatever the table holds. */
export class CandidateIndex {
  readonly #byHeader = new Map<string, IndexedCandidate[]>();
  readonly #byLog = new Map<LogKind, IndexedCandidate[]>();
  readonly #byLiteral = new Map<number, IndexedCandidate[]>();
  readonly #byStatus = new Map<number, IndexedCandidate[]>();
  readonly #ofFailures: IndexedCandidate[] = [];
  readonly #always: IndexedCandidate[] = [];
  readonly #ridesByHeader = new Map<string, Ride[]>();
  readonly #otherRides: Ride[] = [];
  readonly #numbers = new Map<string, number>();
  readonly #finder: LiteralFinder;

  constructor(systems: readonly System[]) {
    for (const system of systems) {
      for (const refusal of system.refusals) this.#add({ system, refusal, inOrder: cheapestFirst(refusal.all) });
      for (const sign of system.rides) this.#addRide({ system, sign });
    }
    this.#finder = new LiteralFinder([...this.#numbers.keys()], unescapeAt);
  }

  /** Those that may hold for an answer, and whether its body has a literal of a sign. */
  inAnswer({ status, headerNames, raw }: Pick<ReadAnswer, 'status' | 'headerNames' | 'raw'>) {
    const found = this.#finder.find(raw);
    const byHeader = headerNames.flatMap((name) => this.#byHeader.get(name) ?? []);
    const byLiteral = new Set([...found].flatMap((number) => this.#byLiteral.get(number) ?? []));
    const has = (literal: string) => found.has(this.#numbers.get(literal) ?? -1);
    const byStatus = this.#byStatus.get(status) ?? [];
    return { candidates: [...this.#always, ...byStatus, ...byHeader, ...byLiteral], has };
  }

  inLog(kind: LogKind): readonly IndexedCandidate[] {
    return this.#byLog.get(kind) ?? [];
  }

  /** Those that may hold where the client said something itself. */
  get ofFailures(): readonly IndexedCandidate[] {
    return this.#ofFailures;
  }

  /** Signs that may show a system on the way of an answer with such headers. */
  rides(headerNames: readonly string[]): readonly Ride[] {
    return [...this.#otherRides, ...headerNames.flatMap((name) => this.#ridesByHeader.get(name) ?? [])];
  }

  #add(candidate: IndexedCandidate): void {
    for (const sign of candidate.refusal.all) this.#learn(sign);
    const anchor = signsAnchor(candidate.refusal.all);
    switch (anchor.kind) {
      case 'log':
        append(this.#byLog, anchor.log, candidate);
        break;
      case 'header':
        append(this.#byHeader, anchor.name, candidate);
        break;
      case 'literals':
        for (const literal of anchor.literals) append(this.#byLiteral, this.#numberOf(literal), candidate);
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

  #addRide(ride: Ride): void {
    this.#learn(ride.sign);
    if (ride.sign.at === 'header') append(this.#ridesByHeader, ride.sign.name, ride);
    else this.#otherRides.push(ride);
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

function append<K, V>(map: Map<K, V[]>, key: K, value: V): void {
  const known = map.get(key);
  if (known === undefined) map.set(key, [value]);
  else known.push(value);
}

const costs: readonly (readonly Sign['at'][])[] = [
  ['status', 'log'],
  ['header', 'phrase', 'request', 'failure'],
  ['title', 'not'],
];

/** Status and headers before what has to be sought in the body. */
function cheapestFirst(signs: readonly Sign[]): readonly Sign[] {
  return [...signs].sort((a, b) => costOf(a) - costOf(b));
}

function costOf({ at }: Sign): number {
  const found = costs.findIndex((kinds) => kinds.includes(at));
  return found < 0 ? costs.length : found;
}
