import type { KnownMatches, MatchStore } from '../contract/match-store.js';
import type { Bench, RuleKnowledge, RuleMatch } from '../contract/prover.js';
import type { Attack } from '../model/attack.js';
import { formatVariable, type RuleHit, type RuleId } from '../model/evidence.js';
import { sortedIds } from '../util/compare-ids.js';
import { hashKey } from '../util/hash-key.js';
import { using } from '../util/using.js';
import type { AttackPlace } from './attack-places.js';
import { blockingRules } from './blocking-rules.js';
import { evaluateAll } from './evaluate-all.js';

/** An attack that is blocked in a kind of place, and what it fires there: all of it, or as much as blocks it. */
export interface AttackMatches {
  readonly attack: Attack;
  readonly hits: readonly RuleMatch[];
}

/** What spares a matrix work. */
export interface MatrixMeans {
  /** The engine with few rules, on which most attacks are blocked already. */
  few?(ruleIds: readonly RuleId[]): Promise<Bench>;
  /** What earlier jobs have found out, and what tells the rules apart. */
  readonly known?: { readonly store: MatchStore; readonly rulesKey: string };
}

/** With more rules an engine is hardly faster than with all. */
const mostRules = 96;
/** One attack in so many tells which rules block most of them. */
const sampled = 12;

/** What every attack fires in each kind of place. An attack is sent once for each kind, however many places there are. */
export class MatchMatrix {
  readonly attacks: readonly Attack[];
  readonly #bench: Bench;
  readonly #rules: RuleKnowledge;
  readonly #means: MatrixMeans;
  readonly #kinds = new Map<string, Promise<readonly AttackMatches[]>>();
  readonly #wanted = new Map<string, readonly RuleId[]>();
  readonly #undecided = new Map<string, number>();
  #blocking: Promise<readonly RuleId[]> | undefined;

  /** @param bench the engine as it is, without any exclusion */
  constructor(attacks: readonly Attack[], bench: Bench, rules: RuleKnowledge, means: MatrixMeans = {}) {
    this.attacks = attacks;
    this.#bench = bench;
    this.#rules = rules;
    this.#means = means;
  }

  /** Rules of which it is to be known whether an attack fires them in places of a kind. */
  lookFor(kind: string, ruleIds: readonly RuleId[]): void {
    this.#wanted.set(kind, sortedIds([...new Set([...this.#wantedIn(kind), ...ruleIds])]));
  }

  #wantedIn(kind: string): readonly RuleId[] {
    return this.#wanted.get(kind) ?? [];
  }

  /**
   * The attacks that are blocked in such a place, each with what blocks it.
   * @param step called at each attack
   */
  async blockedIn(place: AttackPlace, step?: () => void): Promise<readonly AttackMatches[]> {
    const key = JSON.stringify([place.kind, this.#means.few === undefined ? [] : this.#wantedIn(place.kind)]);
    const known = this.#kinds.get(key) ?? this.#fill(place, step);
    this.#kinds.set(key, known);
    return await known;
  }

  /** Of how many attacks the engine cannot say what it does with them in such a place; to be asked after `blockedIn`. */
  undecidedIn({ kind }: AttackPlace): number {
    return this.#undecided.get(kind) ?? 0;
  }

  /** The attacks of a place that are not known to be blocked any more where it is hidden from some rules. */
  inDanger(blocked: readonly AttackMatches[], hidden: readonly RuleId[]): readonly AttackMatches[] {
    const excluded = new Set(hidden);
    return blocked.filter(({ hits }) => !this.#blocks(hits.filter(({ ruleId }) => !excluded.has(ruleId))));
  }

  async #fill(place: AttackPlace, step?: () => void): Promise<readonly AttackMatches[]> {
    const whole = await this.#open(place, this.#bench, []);
    try {
      const few = await this.#fewRules(place, whole);
      const rows = few.length === 0 ? await this.#ask(whole, whole, step) : await this.#askFew(place, whole, few, step);
      this.#undecided.set(place.kind, whole.undecided);
      return rows.filter(({ hits }) => this.#blocks(hits));
    } finally {
      await whole.keep();
    }
  }

  /** Attacks that few rules do not block are asked about again with all of them. */
  async #askFew(place: AttackPlace, whole: PlaceTrial, few: readonly RuleId[], step?: () => void) {
    const { few: open = async () => this.#bench } = this.#means;
    return using(open(few), async (bench) => {
      const trial = await this.#open(place, bench, few);
      try {
        return await this.#ask(trial, whole, step);
      } finally {
        await trial.keep();
      }
    });
  }

  #ask(first: PlaceTrial, whole: PlaceTrial, step?: () => void): Promise<readonly AttackMatches[]> {
    const ask = async (attack: Attack): Promise<AttackMatches> => {
      const hits = whole.known(attack) ?? (await first.hits(attack));
      return { attack, hits: this.#blocks(hits) ? hits : await whole.hits(attack) };
    };
    return evaluateAll(this.attacks, ask, step);
  }

  /** The rules of an engine that decides most attacks; none where it would hardly be faster than one with all. */
  async #fewRules({ kind }: AttackPlace, whole: PlaceTrial): Promise<readonly RuleId[]> {
    const wanted = this.#wantedIn(kind);
    if (this.#means.few === undefined || wanted.length > mostRules) return [];
    this.#blocking ??= this.#sample(whole);
    const few = sortedIds([...new Set([...wanted, ...(await this.#blocking)])]);
    return few.length > mostRules ? [] : few;
  }

  async #sample(whole: PlaceTrial): Promise<readonly RuleId[]> {
    const some = this.attacks.filter((_, index) => index % sampled === 0);
    const rows = await evaluateAll(some, (attack) => whole.hits(attack));
    return blockingRules(rows, (hits) => this.#blocks(hits));
  }

  #blocks(hits: readonly RuleMatch[]): boolean {
    return this.#rules.outcomeOf(hits) === 'blocked';
  }

  async #open(place: AttackPlace, bench: Bench, few: readonly RuleId[]): Promise<PlaceTrial> {
    const harmless = place.carry('x');
    const { store, rulesKey } = this.#means.known ?? {};
    const key = store && hashKey([rulesKey, few, harmless]);
    const known = store === undefined || key === undefined ? undefined : await store.read(key);
    const usual = new Set((await this.#bench.evaluate(harmless)).hits.map(hitKey));
    const isOwn = (hit: RuleHit) => this.#rules.refusesAlone(hit.ruleId) || !usual.has(hitKey(hit));
    const keep = async (found: KnownMatches) => {
      if (store !== undefined && key !== undefined && found.size > 0) await store.add(key, found);
    };
    return new PlaceTrial(place, bench, isOwn, { known: known ?? new Map(), keep });
  }
}

interface Memory {
  readonly known: KnownMatches;
  keep(found: KnownMatches): Promise<void>;
}

/** Attacks in one place, each asked about once. */
class PlaceTrial {
  readonly #place: AttackPlace;
  readonly #bench: Bench;
  readonly #isOwn: (hit: RuleHit) => boolean;
  readonly #memory: Memory;
  readonly #found = new Map<string, readonly RuleMatch[]>();
  readonly #undecided = new Set<string>();

  constructor(place: AttackPlace, bench: Bench, isOwn: (hit: RuleHit) => boolean, memory: Memory) {
    this.#place = place;
    this.#bench = bench;
    this.#isOwn = isOwn;
    this.#memory = memory;
  }

  known({ payload }: Attack): readonly RuleMatch[] | undefined {
    const key = hashKey(payload);
    return this.#found.get(key) ?? this.#memory.known.get(key);
  }

  /** How many attacks the engine could not decide. */
  get undecided(): number {
    return this.#undecided.size;
  }

  async hits(attack: Attack): Promise<readonly RuleMatch[]> {
    const known = this.known(attack);
    if (known !== undefined) return known;
    const { outcome, hits } = await this.#bench.evaluate(this.#place.carry(attack.payload));
    const own = hits
      .filter(this.#isOwn)
      .map(({ ruleId, scoring }) => ({ ruleId, ...(scoring !== undefined && { scoring }) }));
    if (outcome === 'undecided') this.#undecided.add(hashKey(attack.payload));
    else this.#found.set(hashKey(attack.payload), own);
    return own;
  }

  /** What was found out is good for the next job too. */
  keep(): Promise<void> {
    return this.#memory.keep(this.#found);
  }
}

function hitKey({ ruleId, variable }: RuleHit): string {
  return `${ruleId} ${formatVariable(variable)}`;
}
