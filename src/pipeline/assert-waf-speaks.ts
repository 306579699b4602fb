import type { LogRecord } from '../contract/log-record.js';
import { fail } from '../model/error.js';
import { whySilent } from '../triage/silent-waf.js';

/**
 * The short form of the doctor, before a run: a WAF with no rules loaded looks exactly like one with no false positives.
 * @param record the log entry of a harmless request
 * @throws WafproofError `WAF_SILENT`
 */
export function assertWafSpeaks(record: LogRecord): void {
  const reason = whySilent(record);
  if (reason !== undefined) throw fail('WAF_SILENT', { reason });
}
