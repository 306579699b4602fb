import type { Asked, CheckOutcome, DoctorAdvice, Observations, ProbePlace } from '../../contract/check.js';
import type { LogRecord } from '../../contract/log-record.js';
import { pathOf } from '../../model/endpoint.js';
import { attackCanary } from '../../request/probe-request.js';
import { learnBlockAnswer } from '../../triage/block-answer.js';
import { denialOf } from '../../triage/denial.js';
import { failed, ok, warning } from './outcomes.js';

/** Whether what any visitor sends gets through. */
export function checkBenign({ benign }: Observations): CheckOutcome {
  const record = recordOf(benign);
  const status = statusOf(benign);
  if (record !== undefined && record.action !== 'passed') {
    const detail = `a plain GET ${record.action === 'blocked' ? 'was refused' : 'would be refused'} by ${ruleList(record)}`;
    return failed(detail, 'correct these rules or the set-up of the rule set first: as it is, every case would fail');
  }
  if (record === undefined && (status === 403 || status === 406)) {
    return failed(`a plain GET was answered ${status}, and no log tells who refused it`, readFirst);
  }
  const refusal = refusalOf(benign);
  if (refusal !== undefined)
    return warning(
      `answered ${status}: ${refusal.cause.replaceAll('-', ' ')} (${refusal.layer})`,
      refusal.fix ?? readFirst,
    );
  if (status >= 500) return warning(`answered ${status}`, 'check the application behind the WAF');
  return ok(
    record?.hits.length ? `it passed, though it matched ${ruleList(record)}` : `it passed, with status ${status}`,
  );
}

/** Who refused what any visitor sends, where it is not the WAF. */
function refusalOf({ exchange: { outcome } }: Asked) {
  return outcome.kind === 'answered' ? denialOf(outcome, { action: 'passed', hits: [] }) : undefined;
}

/** Whether the WAF does what it is there for. */
export function checkAttack(seen: Observations, advice: DoctorAdvice): CheckOutcome {
  const { attack, target } = seen;
  if (attack === undefined) return withheld(seen);
  const record = recordOf(attack);
  if (record === undefined) return withoutEntry(seen, attack);
  const rules = ruleList(record);
  if (record.action === 'blocked') return refused(seen, attack, rules);
  if (record.action === 'would-block')
    return ok(`it was detected by ${rules}${atPlace(seen)}, and let through: the engine only detects`);
  if (record.hits.length === 0) {
    const detail = `the log has the attack, and no rule matched it; ${target.name} lets everything through`;
    return failed(detail, advice.loadRules);
  }
  const score =
    record.score === undefined ? '' : ` (score ${record.score.inbound}, threshold ${record.score.threshold})`;
  return failed(`${rules} matched, and the attack still passed${score}`, advice.refuseMatched);
}

/** A refusal with a status below 400 is told by its page; where it is the page of any request, nothing was refused. */
function refused(seen: Observations, { exchange: { outcome } }: Asked, rules: string): CheckOutcome {
  const { harmless } = seen;
  const at = atPlace(seen);
  const known = learnBlockAnswer(harmless.exchange.outcome, { outcome, action: 'blocked' });
  switch (known.kind) {
    case 'status':
      return ok(`it was refused with ${known.status} by ${rules}${at}`);
    case 'page':
      return ok(
        `it was refused by ${rules} with a page of status ${known.status}: cases that get this page count as blocked`,
      );
    case 'none':
      return failed(
        `the log says that ${rules} refused it, and it was answered like a harmless request: nothing is blocked`,
        'check that the engine decides before the application answers: phases that run too late cannot refuse anything',
      );
    case 'unknown':
      return warning(`${rules} refused it; ${known.reason}`);
  }
}

function withheld({ target, place }: Observations): CheckOutcome {
  return warning(
    `not tried: attacks are not allowed for ${target.name}`,
    `--canary sends one harmless one, ${attackCanary} in ${whereOf(place)}; "attacks: true" in the config allows it for good`,
  );
}

function withoutEntry({ harmless, logProblem }: Observations, attack: Asked): CheckOutcome {
  const { outcome } = attack.exchange;
  if (outcome.kind === 'failed')
    return warning(`the connection ended without an answer: ${outcome.message}`, readFirst);
  const { status } = outcome;
  if (logProblem !== undefined) return warning(`it was answered ${status}; by whom cannot be told`, readFirst);
  if (status === statusOf(harmless)) {
    return failed(
      `it was answered ${status} like a harmless request, and the log has no entry of it`,
      'check that the WAF is on for this host and path, and that the log is its log',
    );
  }
  return failed(`it was answered ${status}, but the log has no entry that tells who did it`, readFirst);
}

/** Where the attack was, where the suites said so. */
function atPlace({ place }: Observations): string {
  return place === undefined ? '' : ` (in ${whereOf(place)})`;
}

/** `field text of POST /comments` */
function whereOf(place: ProbePlace | undefined): string {
  if (place === undefined) return 'a parameter of GET /';
  const { field, request } = place;
  const name = field.kind === 'json' ? field.path.join('.') : 'name' in field ? (field.name ?? '') : '';
  const kind = field.kind === 'query' ? 'parameter' : 'field';
  return `${kind} ${name === '' ? '' : `${name} `}of ${request.method} ${pathOf(request)}`;
}

const readFirst = 'have the log read first';

function recordOf(asked: Asked | undefined): LogRecord | undefined {
  return asked?.joined.kind === 'found' ? asked.joined.record : undefined;
}

/** 0 where there was no answer. */
function statusOf({ exchange }: Asked): number {
  return exchange.outcome.kind === 'answered' ? exchange.outcome.status : 0;
}

function ruleList({ hits, blockedBy }: Pick<LogRecord, 'hits' | 'blockedBy'>): string {
  const matched = hits.map(({ ruleId }) => `${ruleId}`);
  const decided = blockedBy?.ruleId === undefined ? [] : [`${blockedBy.ruleId}`];
  const ids = [...new Set(matched.length > 0 ? matched : decided)];
  if (ids.length === 0) return blockedBy?.reason ?? 'the WAF';
  return `${ids.length === 1 ? 'rule' : 'rules'} ${ids.join(', ')}`;
}
