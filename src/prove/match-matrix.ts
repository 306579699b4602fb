import type { Bench, RuleKnowledge } from '../contract/prover.js';
import type { Attack } from '../model/attack.js';
import { formatVariable, type RuleHit, type RuleId } from '../model/evidence.js';
import type { AttackPlace } from './attack-places.js';
import { evaluateAll } from './evaluate-all.js';

/** An attack that is blocked in a kind of place, and what it fires there. */
export interface AttackMatches {
  readonly attack: Attack;
  readonly hits: readonly RuleHit[];
}

/** What every attack fires in each kind of place. An attack is sent once for each kind, however many places there are. */
export class MatchMatrix {
  readonly #attacks: readonly Attack[];
  readonly #bench: Bench;
  readonly #rules: RuleKnowledge;
  readonly #kinds = new Map<string, Promise<readonly AttackMatches[]>>();

  /** @param bench the engine as it is, without any exclusion */
  constructor(attacks: readonly Attack[], bench: Bench, rules: RuleKnowledge) {
    this.#attacks = attacks;
    this.#bench = bench;
    this.#rules = rules;
  }

  /** The attacks that are blocked in such a place, each with what blocks it. */
  async blockedIn(place: AttackPlace): Promise<readonly AttackMatches[]> {
    const known = this.#kinds.get(place.kind) ?? this.#fill(place);
    this.#kinds.set(place.kind, known);
    return await known;
  }

  /** The attacks of a place that are not known to be blocked any more where it is hidden from some rules. */
  inDanger(blocked: readonly AttackMatches[], hidden: readonly RuleId[]): readonly AttackMatches[] {
    const excluded = new Set(hidden);
    return blocked.filter(({ hits }) => !this.#blocks(hits.filter(({ ruleId }) => !excluded.has(ruleId))));
  }

  async #fill(place: AttackPlace): Promise<readonly AttackMatches[]> {
    const harmless = new Set((await this.#bench.evaluate(place.carry('x'))).hits.map(hitKey));
    const isOwn = (hit: RuleHit) => this.#rules.refusesAlone(hit.ruleId) || !harmless.has(hitKey(hit));
    const rows = await evaluateAll(this.#attacks, async (attack): Promise<AttackMatches> => {
      const { hits } = await this.#bench.evaluate(place.carry(attack.payload));
      return { attack, hits: hits.filter(isOwn) };
    });
    return rows.filter(({ hits }) => this.#blocks(hits));
  }

  #blocks(hits: readonly RuleHit[]): boolean {
    return this.#rules.outcomeOf(hits) === 'blocked';
  }
}

function hitKey({ ruleId, variable }: RuleHit): string {
  return `${ruleId} ${formatVariable(variable)}`;
}
