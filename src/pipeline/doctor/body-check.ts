import type { Asked, CheckOutcome, DoctorAdvice, Observations } from '../../contract/check.js';
import type { LogRecord } from '../../contract/log-record.js';
import type { Outcome } from '../../model/exchange.js';
import { authorOf } from '../../triage/author.js';
import { learnBlockAnswer } from '../../triage/block-answer.js';
import { failed, ok, skipped, warning } from './outcomes.js';

const raiseServerLimit = 'raise client_max_body_size (nginx) or LimitRequestBody (Apache)';

type Answer = Extract<Outcome, { kind: 'answered' }>;

/** Whether a body as long as that of the largest case gets as far as the rules, and through. */
export function checkBody(seen: Observations, advice: DoctorAdvice): CheckOutcome {
  const { largest, body } = seen;
  if (largest === undefined || body === undefined) return skipped('no suite with a body was given');
  const what = `a harmless body of ${largest.bytes} bytes, as ${largest.id} has,`;
  const { outcome } = body.exchange;
  if (outcome.kind === 'failed') return failed(`${what} got no answer: ${outcome.message}`, raiseServerLimit);
  const record = recordOf(body);
  if (record !== undefined && record.action !== 'passed') return noticed(what, outcome, record, seen, advice);
  if (record?.unread !== undefined && outcome.status < 400)
    return warning(notRead(what, outcome.status, record.unread), advice.raiseBodyLimit);
  return outcome.status < 400
    ? ok(`${what} was taken (status ${outcome.status})`)
    : turnedDown(what, outcome, seen, advice);
}

/** The WAF's log says that it refused the body, or would have; the answer tells whether it did. */
function noticed(
  what: string,
  answer: Answer,
  record: LogRecord,
  seen: Observations,
  advice: DoctorAdvice,
): CheckOutcome {
  const { status } = answer;
  const refused = record.action === 'blocked' && authorOf(answer, record, knownRefusal(seen)).kind !== 'application';
  const { blockedBy, hits } = record;
  if (blockedBy?.kind === 'body-parser') {
    const words = blockedBy.reason ?? `rule ${blockedBy.ruleId}`;
    return refused
      ? failed(`${what} could not be parsed by the engine, which answered ${status}: ${words}`, advice.raiseBodyLimit)
      : warning(notRead(what, status, words), advice.raiseBodyLimit);
  }
  const rules = [...new Set(hits.map(({ ruleId }) => ruleId))].join(', ');
  const detail = refused
    ? `${what} was refused with ${status} by rules ${rules}`
    : `${what} was answered ${status}; rules ${rules} would refuse it where the engine does`;
  return failed(detail, advice.raiseRuleLimits);
}

function notRead(what: string, status: number, words: string): string {
  return `${what} was answered ${status}, though the engine could not read it: ${words}`;
}

/** Told from the attack, where there was one; an answer below 400 without one is taken for the application's. */
function knownRefusal({ harmless, attack }: Observations) {
  if (attack === undefined) return { kind: 'none' } as const;
  return learnBlockAnswer(harmless.exchange.outcome, {
    outcome: attack.exchange.outcome,
    action: recordOf(attack)?.action,
  });
}

/** A status of 400 or above that no log explains: what a short body gets as well is not for the length. */
function turnedDown(what: string, { status }: Answer, { body, shortBody }: Observations, advice: DoctorAdvice) {
  const short = shortBody?.exchange.outcome;
  if (status !== 413 && short?.kind === 'answered' && short.status === status) {
    return warning(
      `${what} was answered ${status}, and so was a short one: whether one of that length is taken cannot be told`,
      'check what the application wants of such a request: a session, a token, or other values than one letter again and again',
    );
  }
  const than = short?.kind === 'answered' ? `, and a short one ${short.status}: it was refused for its length` : '';
  return failed(`${what} was answered ${status}${than}`, limitsAt(status, recordOf(body) !== undefined, advice));
}

/** An engine whose log has nothing against the body is not the one that refused it. */
function limitsAt(status: number, isLogged: boolean, { raiseBodyLimit }: DoctorAdvice): string {
  if (isLogged) return status === 413 ? raiseServerLimit : `${raiseServerLimit}, or the limit of the application`;
  return `${raiseServerLimit}; where it was the engine, ${raiseBodyLimit}`;
}

function recordOf(asked: Asked | undefined): LogRecord | undefined {
  return asked?.joined.kind === 'found' ? asked.joined.record : undefined;
}
