import { formatVariable, type RuleHit } from '../../model/evidence.js';
import { isBodyParserRule } from '../../waf/modsecurity/rule-ids.js';
import type { Attack } from './attacks.js';
import type { Carrier } from './carrier.js';
import { evaluateAll } from './evaluate-all.js';
import type { Bench } from './workbench.js';

/** Which rules an attack fires in one kind of place, with the points that each match adds to the score. */
export interface AttackMatches {
  readonly attack: Attack;
  readonly matches: readonly { readonly ruleId: RuleHit['ruleId']; readonly points: number }[];
}

/** What every attack fires in each kind of place. An attack is sent once for each kind, however many places there are. */
export class MatchMatrix {
  readonly #attacks: readonly Attack[];
  readonly #bench: Bench;
  readonly #kinds = new Map<string, Promise<readonly AttackMatches[]>>();

  constructor(attacks: readonly Attack[], bench: Bench) {
    this.#attacks = attacks;
    this.#bench = bench;
  }

  /** The attacks that are blocked in such a place, each with what blocks it. */
  async blockedIn(carrier: Carrier): Promise<readonly AttackMatches[]> {
    const known = this.#kinds.get(carrier.kind) ?? this.#fill(carrier);
    this.#kinds.set(carrier.kind, known);
    return await known;
  }

  /** A rule that refuses by itself, whatever the body says, is as good as the whole threshold. */
  #pointsOf({ ruleId, scoring = 0 }: RuleHit): number {
    return isBodyParserRule(ruleId) ? this.#bench.threshold : scoring;
  }

  async #fill(carrier: Carrier): Promise<readonly AttackMatches[]> {
    const harmless = new Set((await this.#bench.evaluate(carrier.carry('x'))).hits.map(hitKey));
    const rows = await evaluateAll(this.#attacks, async (attack): Promise<AttackMatches> => {
      const { hits } = await this.#bench.evaluate(carrier.carry(attack.payload));
      const own = hits.filter((hit) => isBodyParserRule(hit.ruleId) || !harmless.has(hitKey(hit)));
      return { attack, matches: own.map((hit) => ({ ruleId: hit.ruleId, points: this.#pointsOf(hit) })) };
    });
    return rows.filter(({ matches }) => sum(matches) >= this.#bench.threshold);
  }
}

/** Points of the matches that are left without some rules. */
export function pointsWithout({ matches }: AttackMatches, excluded: ReadonlySet<RuleHit['ruleId']>): number {
  return sum(matches.filter(({ ruleId }) => !excluded.has(ruleId)));
}

function sum(matches: AttackMatches['matches']): number {
  return matches.reduce((total, { points }) => total + points, 0);
}

function hitKey({ ruleId, variable }: RuleHit): string {
  return `${ruleId} ${formatVariable(variable)}`;
}
