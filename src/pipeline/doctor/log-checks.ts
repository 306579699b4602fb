import type { LogRecord } from '../../contract/log-record.js';
import { type CheckOutcome, failed, ok, printSetup, skipped, warning } from './check.js';
import type { Asked } from './conversation.js';
import type { Observations } from './observe.js';
import { attackValue, filler, longValueLength, probeParameter } from './requests.js';

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
export function checkLogEntry(seen: Observations): CheckOutcome {
  const { benign, attack, target, logProblem } = seen;
  if (logProblem !== undefined) return skipped('the log cannot be read');
  if (benign.joined.kind === 'found')
    return ok(`the entry was there ${Math.round(benign.logDelayMs)} ms after the answer`);
  if (isFound(attack)) {
    const detail = 'the log has the attack and not the harmless request: it records only requests that a rule matched';
    return failed(detail, `add the marker rule, which makes every request of a run matched; ${printSetup}`);
  }
  if (isHeaderLost(seen))
    return failed('the log has our requests, but without X-Wafproof-Id', 'see the check of the header');
  return failed(benign.joined.reason, missingFix(seen.strangers.length > 0, target.logWaitMs));
}

function missingFix(logGrows: boolean, waitMs: number): string {
  return logGrows
    ? `check that it is the log of this host, and that it records X-Wafproof-Id (SecAuditLogParts with B and H); ${printSetup}`
    : `check that it is the log of this target, that SecRuleEngine is not Off, that SecAuditEngine is not Off, and that entries arrive within ${waitMs} ms (logWait in the config); ${printSetup}`;
}

/** Whether the correlation id gets from here to the log as it is. */
export function checkHeader(seen: Observations): CheckOutcome {
  const { benign, strangers, prefix } = seen;
  const altered = strangers.find(({ correlationId }) => correlationId?.includes(prefix));
  if (altered !== undefined) {
    return failed(
      `it arrives as "${altered.correlationId}"`,
      'have the proxies before the WAF pass it on once, as it is',
    );
  }
  if (benign.joined.kind === 'found') return ok('the log shows it as it was sent');
  if (isHeaderLost(seen)) {
    const detail =
      'the log has the attack canary without the header: a proxy before the WAF drops it, or the log leaves it out';
    return failed(
      detail,
      `have every proxy before the WAF pass X-Wafproof-Id on, and add the marker rule; ${printSetup}`,
    );
  }
  return skipped('no entry of ours is in the log');
}

/** Our attack is known by its parameter, even where its id is gone. */
function isHeaderLost({ strangers }: Observations): boolean {
  return strangers.some(({ correlationId, hits }) => correlationId === undefined && hits.some(isOfProbe));
}

function isOfProbe({ variable }: LogRecord['hits'][number]): boolean {
  return variable?.key?.toLowerCase() === probeParameter;
}

/**
 * What the log keeps of a long value. ModSecurity 2 cuts matched text at 512 bytes, ModSecurity 3's native log and its
 * message texts at 100 or 200; nginx cuts lines of its error log at 2048, and with them the id at their end.
 */
export function checkTruncation({ long }: Observations): CheckOutcome {
  const length = `a value of ${longValueLength} characters`;
  if (long === undefined) return skipped('no entry of ours is in the log');
  if (long.exchange.outcome.kind === 'failed') {
    return warning(`${length} got no answer: ${long.exchange.outcome.message}`, 'check the limits of URLs on the way');
  }
  if (long.joined.kind === 'missing') {
    const detail = `the entry of a request with ${length} cannot be found: lines are cut, and what tells whose they are with them`;
    return failed(detail, `read the audit log instead of the error log; ${printSetup}`);
  }
  if (!long.joined.record.hits.some(isCut)) return ok(`the entry of a request with ${length} is whole`);
  return warning(
    `the log cuts ${length}: verdicts and rules hold, matched text in reports is incomplete`,
    'a JSON audit log of ModSecurity 3 keeps values whole; nothing to do where the beginning is enough',
  );
}

/** Told by the log itself, or by what it shows of the value: the beginning without the attack at its end. */
function isCut({ matchedTruncated, matched = '' }: LogRecord['hits'][number]): boolean {
  return matchedTruncated === true || (matched.startsWith(filler.repeat(8)) && !matched.includes(attackValue));
}

function isFound(asked: Asked | undefined): boolean {
  return asked?.joined.kind === 'found';
}
