import type { RuleId } from '../../model/evidence.js';

const within = (id: RuleId, first: number, last: number) => typeof id === 'number' && id >= first && id <= last;

/**
 * Rules that initialise, sum up, decide or report. They say nothing of their own about a request: score and action are
 * read from them, and they are never hits. CRS: 900xxx and 901xxx set up, 949xxx and 959xxx decide, 980xxx report. 9900000 to 9900099 are Wafproof's own.
 */
export function isBookkeeping(id: RuleId): boolean {
  const setsUp = within(id, 900000, 901999);
  const decides = within(id, 949000, 949999) || within(id, 959000, 959999);
  return setsUp || decides || within(id, 980000, 980999) || within(id, 9900000, 9900099);
}

/** Rules that refuse by the anomaly score when the engine is on, and whose score it is. */
export function blockingSide(id: RuleId): 'inbound' | 'outbound' | undefined {
  if (within(id, 949100, 949111)) return 'inbound';
  return within(id, 959100, 959101) ? 'outbound' : undefined;
}

/** Stands for the parser of bodies where it refuses without any rule. */
export const bodyParser = 'body-parser';

/** What refuses a body that the engine could not parse: rules of the recommended configuration, or the parser itself. */
export function isBodyParserRule(id: RuleId): boolean {
  return within(id, 200002, 200004) || id === 200007 || id === bodyParser;
}

/** The rule that refuses what no rule could be finished for (recommended configuration, `TX:MSC_PCRE_LIMITS_EXCEEDED`). */
export const internalErrorRule = 200005;

/** Rules that other rules rely on: they set variables that are read later, or close and log what others opened. */
const helpers = new Set([
  910120, 910130, 910140, 910190, 912100, 912110, 912130, 912140, 912150, 912160, 912161, 920539, 921170, 922140,
  922150, 951100,
]);

/** Why no exclusion may touch a rule, be it as a whole or one variable of it; nothing where it may. */
export function untouchable(id: RuleId): string | undefined {
  if (typeof id !== 'number') return 'the rule has no number';
  if (isBookkeeping(id) || within(id, 905000, 905999)) return `rule ${id} initialises or evaluates the score`;
  if (helpers.has(id)) return `other rules rely on rule ${id}`;
  if (within(id, 910000, 979999) && within(id % 1000, 11, 18)) return `rule ${id} selects the paranoia level`;
  if (within(id, 910000, 979999) && id % 1000 < 100) return `rule ${id} decides which other rules run`;
  if (within(id, 9000000, 9099999)) return `rule ${id} is an exclusion of the rule set itself`;
  if (!within(id, 200000, 200007)) return undefined;
  if (id === internalErrorRule) return `rule ${id} refuses what other rules could not be finished for`;
  return isBodyParserRule(id)
    ? `rule ${id} refuses bodies that the engine could not read: without it no rule looks at what is in them`
    : `rule ${id} decides how the body is parsed`;
}
