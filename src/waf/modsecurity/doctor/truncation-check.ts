import type { Check, CheckOutcome, Observations } from '../../../contract/check.js';
import type { RequestSpec } from '../../../model/request.js';
import { attackCanary, probeParameter, probeRequest } from '../../../request/probe-request.js';
import type { ModsecurityHit, ModsecurityRecord } from '../log-record.js';
import { printSetup } from './advice.js';

/** Longer than what logs cut (512 bytes of a value, 2048 of a line), shorter than a request line may be (8190). */
const longValueLength = 3000;
/** What long values are made of. */
const filler = 'a';

/**
 * What the log keeps of a long value. ModSecurity 2 cuts matched text at 512 bytes, ModSecurity 3's native log and its
 * message texts at 100 or 200; nginx cuts lines of its error log at 2048, and with them the id at their end.
 */
export const truncation: Check<ModsecurityRecord> = {
  id: 'truncation',
  title: 'The log keeps long values',
  request: longRequest,
  examine: checkTruncation,
};

/** A long value, with the attack at its end where that may be sent. */
function longRequest(attacks: boolean): RequestSpec {
  const end = attacks ? attackCanary : '';
  return probeRequest([[probeParameter, `${filler.repeat(longValueLength - end.length)}${end}`]]);
}

function checkTruncation({ more }: Observations<ModsecurityRecord>): CheckOutcome {
  const long = more.get(truncation.id);
  const length = `a value of ${longValueLength} characters`;
  if (long === undefined) return { status: 'skipped', detail: 'no entry of ours is in the log' };
  if (long.exchange.outcome.kind === 'failed') {
    const detail = `${length} got no answer: ${long.exchange.outcome.message}`;
    return { status: 'warning', detail, fix: 'check the limits of URLs on the way' };
  }
  if (long.joined.kind === 'missing') {
    const detail = `the entry of a request with ${length} cannot be found: lines are cut, and what tells whose they are with them`;
    return { status: 'failed', detail, fix: `read the audit log instead of the error log; ${printSetup}` };
  }
  if (!long.joined.record.hits.some(isCut))
    return { status: 'ok', detail: `the entry of a request with ${length} is whole` };
  return {
    status: 'warning',
    detail: `the log cuts ${length}: verdicts and rules hold, matched text in reports is incomplete`,
    fix: 'a JSON audit log of ModSecurity 3 keeps values whole; nothing to do where the beginning is enough',
  };
}

/** Told by the log itself, or by what it shows of the value: the beginning without the attack at its end. */
function isCut({ matchedTruncated, matched = '' }: ModsecurityHit): boolean {
  return matchedTruncated === true || (matched.startsWith(filler.repeat(8)) && !matched.includes(attackCanary));
}
