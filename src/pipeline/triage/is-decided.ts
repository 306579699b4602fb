import type { Outcome } from '../../model/exchange.js';
import type { Triage } from '../../model/triage.js';

/** Statuses of refusals that say by themselves what is missing, or that nothing is there, or that something failed. */
const telling: readonly number[] = [401, 404, 405, 407, 410, 411, 413, 414, 421, 426, 429, 431, 500, 501, 502, 504];

/** Whether nothing that could be sent would tell more. */
export function isDecided({ cause, confidence }: Triage, outcome: Outcome): boolean {
  if (confidence === 'proved' && cause !== 'unknown') return true;
  if (cause === 'token-expired' || cause === 'signed-url') return true;
  if (outcome.kind === 'failed') return !['connection-reset', 'timeout', 'other'].includes(outcome.reason);
  return outcome.status < 400 ? cause === 'not-refused' : telling.includes(outcome.status);
}
