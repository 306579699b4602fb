import type { Check, DoctorAdvice } from '../../contract/check.js';
import { checkBody } from './body-check.js';
import { checkClock, checkReachable } from './connection-checks.js';
import { checkAttack, checkBenign } from './detection-checks.js';
import { checkHeader, checkLog, checkLogEntry } from './log-checks.js';

/** What is looked at with every WAF: before its own checks, and after them. */
export function neutralChecks(advice: DoctorAdvice): {
  readonly first: readonly Check[];
  readonly last: readonly Check[];
} {
  return {
    first: [
      { id: 'reachable', title: 'The target answers', examine: checkReachable },
      { id: 'log', title: "The WAF's log can be read", examine: checkLog },
      { id: 'log-entry', title: 'Requests are found in the log', examine: (seen) => checkLogEntry(seen, advice) },
      { id: 'header', title: 'X-Wafproof-Id arrives unchanged', examine: (seen) => checkHeader(seen, advice) },
      { id: 'benign', title: 'A harmless request passes', examine: checkBenign },
      { id: 'attack', title: 'An attack is detected', examine: (seen) => checkAttack(seen, advice) },
    ],
    last: [
      { id: 'body', title: 'The largest case fits', examine: (seen) => checkBody(seen, advice) },
      { id: 'clock', title: 'The clocks agree', examine: checkClock },
    ],
  };
}
