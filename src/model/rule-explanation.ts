import type { RuleId } from './evidence.js';

/** What a rule is, for who does not know the rule set. */
export interface RuleExplanation {
  readonly ruleId: RuleId;
  /** What it looks for and where, as a sentence. */
  readonly sentence: string;
  /** How the authors of the rule call it, where that is not its message. */
  readonly title?: string;
  /** Where it is written, or documented. */
  readonly source?: RuleSource;
}

/** A place on the web that tells of a rule. */
export interface RuleSource {
  readonly url: string;
  /** `REQUEST-942-APPLICATION-ATTACK-SQLI.conf, line 46` */
  readonly text: string;
}
