import type { RuleId } from '../../../model/evidence.js';

/** The phase of a rule; nothing where the rule set does not have it. */
export type PhaseOf = (ruleId: RuleId) => number | undefined;
