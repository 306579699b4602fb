import { levelOf, type RuleHit, type RuleId, type Severity } from '../../model/evidence.js';

/** What all hits of a rule have in common, told once. */
export interface RuleData {
  readonly id: RuleId;
  readonly message: string;
  readonly severity?: Severity | undefined;
  readonly level?: number | undefined;
  readonly tags: readonly string[];
}

/** Gathers rules from their hits. */
export interface RuleTable {
  readonly rules: readonly RuleData[];
  /** The place of a hit's rule in `rules`. */
  indexOf(hit: RuleHit): number;
}

/** An empty table. Messages may differ between hits of a rule (macros); each is a row. */
export function createRuleTable(): RuleTable {
  const rules: RuleData[] = [];
  const places = new Map<string, number>();
  return {
    rules,
    indexOf: (hit) => {
      const key = `${hit.ruleId}\n${hit.message}`;
      const known = places.get(key);
      if (known !== undefined) return known;
      places.set(key, rules.length);
      return rules.push(toRule(hit)) - 1;
    },
  };
}

function toRule(hit: RuleHit): RuleData {
  const { ruleId, message, severity, tags } = hit;
  return { id: ruleId, message, severity, level: levelOf(hit), tags };
}
