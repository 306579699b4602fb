import type { CheckOutcome, DoctorAdvice, Observations } from '../../contract/check.js';
import type { LogRecord } from '../../contract/log-record.js';
import { failed, ok, skipped } from './outcomes.js';

const raiseServerLimit = 'raise client_max_body_size (nginx) or LimitRequestBody (Apache)';

/** Whether a body as long as that of the largest case gets as far as the rules, and through. */
export function checkBody({ largest, body }: Observations, advice: DoctorAdvice): CheckOutcome {
  if (largest === undefined || body === undefined) return skipped('no suite with a body was given');
  const what = `a harmless body of ${largest.bytes} bytes, as ${largest.id} has,`;
  const { outcome } = body.exchange;
  if (outcome.kind === 'failed') return failed(`${what} got no answer: ${outcome.message}`, raiseServerLimit);
  const record = body.joined.kind === 'found' ? body.joined.record : undefined;
  if (record !== undefined && record.action !== 'passed')
    return failed(...refusedByWaf(what, outcome.status, record, advice));
  if (outcome.status !== 413) return ok(`${what} was taken (status ${outcome.status})`);
  return failed(
    `${what} was answered 413`,
    record === undefined ? `${raiseServerLimit}; where it was the engine, ${advice.raiseBodyLimit}` : raiseServerLimit,
  );
}

/** What is wrong, and what to do. */
function refusedByWaf(
  what: string,
  status: number,
  { blockedBy, hits }: LogRecord,
  { raiseBodyLimit, raiseRuleLimits }: DoctorAdvice,
): readonly [detail: string, fix: string] {
  if (blockedBy?.kind === 'body-parser') {
    const words = blockedBy.reason ?? `rule ${blockedBy.ruleId}`;
    return [`${what} could not be parsed by the engine, which answered ${status}: ${words}`, raiseBodyLimit];
  }
  const rules = [...new Set(hits.map(({ ruleId }) => ruleId))].join(', ');
  return [`${what} was refused with ${status} by rules ${rules}`, raiseRuleLimits];
}
