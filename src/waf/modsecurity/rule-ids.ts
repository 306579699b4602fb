import type { RuleId } from '../../model/evidence.js';
import { infoRuleId, scoreRuleId } from './probe-rules.js';

const within = (id: RuleId, first: number, last: number) => typeof id === 'number' && id >= first && id <= last;

/**
 * Rules that initialise, sum up, decide or report. They say nothing of their own about a request: score and action are
 * read from them, and they are never hits. CRS: 900xxx and 901xxx set up, 949xxx and 959xxx decide, 980xxx report.
 */
export function isBookkeeping(id: RuleId): boolean {
  const ranges = [
    [900000, 901999],
    [949000, 949999],
    [959000, 959999],
    [980000, 980999],
    [infoRuleId, scoreRuleId],
  ] as const;
  return ranges.some(([first, last]) => within(id, first, last));
}

/** Rules whose match refuses the request when the engine is on: the CRS's evaluation of the anomaly score. */
export function decidesBlocking(id: RuleId): boolean {
  return within(id, 949100, 949111) || within(id, 959100, 959101);
}

/** Rules of the recommended configuration that refuse a body which the engine could not parse. */
export function isBodyParserRule(id: RuleId): boolean {
  return within(id, 200002, 200005) || id === 200007;
}
