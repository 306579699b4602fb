import type { LogRecord } from '../../contract/log-record.js';
import { type CheckOutcome, failed, ok, skipped } from './check.js';
import type { Observations } from './observe.js';

const raiseServerLimit = 'raise client_max_body_size (nginx) or LimitRequestBody (Apache)';
const raiseEngineLimit = 'raise SecRequestBodyLimit and SecRequestBodyNoFilesLimit';

/** Whether a body as long as that of the largest case gets as far as the rules, and through. */
export function checkBody({ largest, body }: Observations): CheckOutcome {
  if (largest === undefined || body === undefined) return skipped('no suite with a body was given');
  const what = `a harmless body of ${largest.bytes} bytes, as ${largest.id} has,`;
  const { outcome } = body.exchange;
  if (outcome.kind === 'failed') return failed(`${what} got no answer: ${outcome.message}`, raiseServerLimit);
  const record = body.joined.kind === 'found' ? body.joined.record : undefined;
  if (record !== undefined && record.action !== 'passed') return refusedByWaf(what, outcome.status, record);
  if (outcome.status !== 413) return ok(`${what} was taken (status ${outcome.status})`);
  return failed(
    `${what} was answered 413`,
    record === undefined ? `${raiseServerLimit}; where it was the engine, ${raiseEngineLimit}` : raiseServerLimit,
  );
}

function refusedByWaf(what: string, status: number, { blockedBy, hits }: LogRecord): CheckOutcome {
  if (blockedBy?.kind === 'body-parser') {
    const words = blockedBy.reason ?? `rule ${blockedBy.ruleId}`;
    return failed(`${what} could not be parsed by the engine, which answered ${status}: ${words}`, raiseEngineLimit);
  }
  const rules = [...new Set(hits.map(({ ruleId }) => ruleId))].join(', ');
  const limits = 'tx.arg_length, tx.total_arg_length, tx.max_file_size and tx.combined_file_sizes';
  return failed(`${what} was refused with ${status} by rules ${rules}`, `raise the limits of the rule set: ${limits}`);
}
