import { formatVariable, type RuleHit } from '../model/evidence.js';
import type { CaseResult } from '../model/report.js';
import { keysOfHit } from './finding-keys.js';

/** Keeps the first hit of each rule at each place, as results go by. */
export class HitExamples {
  readonly #byKey = new Map<string, RuleHit>();
  readonly #seen = new Set<string>();

  /** By the keys of `finding-keys.ts`. */
  get byKey(): ReadonlyMap<string, RuleHit> {
    return this.#byKey;
  }

  add({ hits }: CaseResult): void {
    for (const hit of hits) {
      // Finding out what of a name is generated is much work, and most hits are like an earlier one.
      const likeness = `${hit.ruleId} ${hit.field?.kind} ${formatVariable(hit.variable)}`;
      if (this.#seen.has(likeness)) continue;
      this.#seen.add(likeness);
      for (const key of keysOfHit(hit)) if (!this.#byKey.has(key)) this.#byKey.set(key, hit);
    }
  }
}
