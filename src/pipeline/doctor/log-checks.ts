import type { Asked, CheckOutcome, DoctorAdvice, Observations } from '../../contract/check.js';
import type { LogRecord } from '../../contract/log-record.js';
import { attackCanary, probeParameter } from '../../request/probe-request.js';
import { nameSome } from '../../util/name-some.js';
import { failed, ok, skipped, warning } from './outcomes.js';

/** Whether the log is there. */
export function checkLog({ logProblem }: Observations): CheckOutcome {
  if (logProblem === undefined) return ok('it is open, and read from its present end');
  const { place, message } = logProblem;
  const [what, fix] = cutAtLast(message, '; ');
  return failed(place === undefined ? what : `${place.file}: ${what}`, fix);
}

/** Problem texts say what is wrong, then what to do. */
function cutAtLast(text: string, separator: string): readonly [string, string] {
  const at = text.lastIndexOf(separator);
  return at === -1 ? [text, 'set waf.log of the target'] : [text.slice(0, at), text.slice(at + separator.length)];
}

/** Whether what we send can be found in the log at all. */
export function checkLogEntry(seen: Observations, advice: DoctorAdvice): CheckOutcome {
  const { benign, attack, logProblem, logWaitMs } = seen;
  if (logProblem !== undefined) return skipped('the log cannot be read');
  if (benign.joined.kind === 'found' && seen.forged > 0) return forged(seen);
  if (benign.joined.kind === 'found')
    return ok(`the entry was there ${Math.round(benign.logDelayMs)} ms after the answer${inWords(seen)}`);
  if (isFound(attack)) {
    const detail = 'the log has the attack and not the harmless request: it records only requests that a rule matched';
    return failed(detail, advice.logEveryRequest);
  }
  if (isHeaderLost(seen))
    return failed('the log has our requests, but without X-Wafproof-Id', 'see the check of the header');
  const logGrows = seen.strangers.length > 0;
  return failed(`${benign.joined.reason}${inWords(seen)}`, advice.logRequests({ logGrows, waitMs: logWaitMs }));
}

/** Whoever has seen an id can send it too. */
function forged({ forged: count, benign }: Observations): CheckOutcome {
  const entries = count === 1 ? 'one entry bears the id' : `${count} entries bear ids`;
  return warning(
    `the entry was there ${Math.round(benign.logDelayMs)} ms after the answer, and ${entries} of requests of ours and ${count === 1 ? 'is' : 'are'} of others: forged, or sent again on the way; they decide nothing`,
    'find out who sends X-Wafproof-Id to this host beside this machine: a proxy that sends twice, or somebody who reads the log',
  );
}

/** What kind of log it is. */
function inWords({ logFormats }: Observations): string {
  return logFormats.length === 0 ? '' : `; what it holds: ${nameSome(logFormats)}`;
}

/** Whether the correlation id gets from here to the log as it is. */
export function checkHeader(seen: Observations, advice: DoctorAdvice): CheckOutcome {
  const { benign, strangers, prefix } = seen;
  const altered = strangers.find(({ correlationId }) => correlationId?.includes(prefix));
  if (altered !== undefined) {
    return failed(
      `it arrives as "${altered.correlationId}"`,
      'have the proxies before the WAF pass it on once, as it is',
    );
  }
  if (benign.joined.kind === 'found' && benign.joined.record.correlationId === undefined)
    return warning(
      'no record shows it: requests are found by what their answers tell',
      `${advice.logCorrelationId}, so that those without an answer are found too`,
    );
  if (benign.joined.kind === 'found') return ok('the log shows it as it was sent');
  if (isHeaderLost(seen)) {
    const detail =
      'the log has the attack canary without the header: a proxy before the WAF drops it, or the log leaves it out';
    return failed(detail, `have every proxy before the WAF pass X-Wafproof-Id on, and ${advice.logCorrelationId}`);
  }
  return skipped('no entry of ours is in the log');
}

/** Our attack is known by its parameter, even where its id is gone. */
function isHeaderLost({ strangers, place }: Observations): boolean {
  const isOfProbe = place === undefined ? isInParameter : isCanary;
  return strangers.some(({ correlationId, hits }) => correlationId === undefined && hits.some(isOfProbe));
}

type Hit = LogRecord['hits'][number];

function isInParameter({ variable }: Hit): boolean {
  return variable?.key?.toLowerCase() === probeParameter;
}

/** Others send that field too. */
function isCanary({ matched = '' }: Hit): boolean {
  return matched.includes(attackCanary);
}

function isFound(asked: Asked | undefined): boolean {
  return asked?.joined.kind === 'found';
}
