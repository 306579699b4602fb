import type { LogRecord } from '../../contract/log-record.js';
import type { WafInfo } from '../../model/report.js';
import { refusalOf } from '../../triage/refusals.js';
import { whySilent } from '../../triage/silent-waf.js';
import { type CheckOutcome, failed, ok, printSetup, skipped, warning } from './check.js';
import type { Asked } from './conversation.js';
import type { Observations } from './observe.js';

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
  const refusal = refusalOf(status);
  if (refusal !== undefined)
    return warning(`answered ${status} by the ${refusal.layer}: ${refusal.cause}`, refusal.fix);
  if (status >= 500) return warning(`answered ${status}`, 'check the application behind the WAF');
  return ok(
    record?.hits.length ? `it passed, though it matched ${ruleList(record)}` : `it passed, with status ${status}`,
  );
}

/** Whether the WAF does what it is there for. */
export function checkAttack(seen: Observations): CheckOutcome {
  const { attack, target } = seen;
  if (attack === undefined) return withheld(seen);
  const record = recordOf(attack);
  if (record === undefined) return withoutEntry(seen, attack);
  const rules = ruleList(record);
  if (record.action === 'blocked') return ok(`it was refused with ${statusOf(attack)} by ${rules}`);
  if (record.action === 'would-block')
    return ok(`it was detected by ${rules}, and let through: the engine only detects`);
  if (record.hits.length === 0) {
    const detail = `the log has the attack, and no rule matched it; ${target.name} lets everything through`;
    return failed(detail, 'load the Core Rule Set after the engine configuration, and reload the server');
  }
  const score =
    record.score === undefined ? '' : ` (score ${record.score.inbound}, threshold ${record.score.threshold})`;
  return failed(`${rules} matched, and the attack still passed${score}`, 'lower the inbound anomaly threshold to 5');
}

function withheld({ target }: Observations): CheckOutcome {
  return warning(
    `not tried: attacks are not allowed for ${target.name}`,
    '--canary sends one harmless one, <script>alert(1)</script> in a parameter of GET /; "attacks: true" in the config allows it for good',
  );
}

function withoutEntry({ benign, logProblem }: Observations, attack: Asked): CheckOutcome {
  const { outcome } = attack.exchange;
  if (outcome.kind === 'failed')
    return warning(`the connection ended without an answer: ${outcome.message}`, readFirst);
  const { status } = outcome;
  if (logProblem !== undefined) return warning(`it was answered ${status}; by whom cannot be told`, readFirst);
  if (status === statusOf(benign)) {
    return failed(
      `it was answered ${status} like a harmless request, and the log has no entry of it`,
      'check that the WAF is on for this host and path, and that the log is its log',
    );
  }
  return failed(`it was answered ${status}, but the log has no entry that tells who did it`, readFirst);
}

const readFirst = 'have the log read first';

/** A WAF with no rules loaded looks exactly like a WAF with no false positives. */
export function checkRules({ benign, attack }: Observations): CheckOutcome {
  const records = [recordOf(benign), recordOf(attack)].filter((record) => record !== undefined);
  const hits = records.flatMap((record) => record.hits);
  const { ruleset } = knownWaf(records);
  if (records.length === 0) return skipped('no entry of ours is in the log');
  const silent = records.map(whySilent).find((reason) => reason !== undefined);
  if (hits.length === 0 && silent !== undefined) return failed(silent, loadRules);
  if (hits.length === 0 && recordOf(attack) !== undefined)
    return failed('no rule matched an attack that every Core Rule Set knows', loadRules);
  if (ruleset !== undefined) return ok(ruleset);
  return hits.length > 0
    ? ok(`${ruleList({ hits })} matched`)
    : warning('the log does not name the rule set', 'a JSON audit log does');
}

const loadRules = 'load a Core Rule Set; give rules of your own a name with SecComponentSignature';

/** Which engine it is, where it sits, and whether it refuses. */
export function checkEngine(seen: Observations): CheckOutcome {
  const waf = observedWaf(seen);
  if (waf === undefined) return skipped('no entry of ours is in the log');
  const mode = waf.mode === undefined ? 'mode unknown' : waf.mode === 'block' ? 'refuses requests' : 'only detects';
  const connector = recordOf(seen.benign)?.connector;
  const place = connector === undefined ? '' : ` (${connector})`;
  return ok(`${waf.version ?? 'version unknown'}${place}, ${mode}`);
}

/** Without level and threshold a near miss cannot be told from a clean request. */
export function checkSettings(seen: Observations): CheckOutcome {
  const waf = observedWaf(seen);
  if (waf === undefined) return skipped('no entry of ours is in the log');
  const { paranoia, threshold } = waf;
  const known = `paranoia level ${paranoia ?? 'unknown'}, threshold ${threshold ?? 'unknown'}`;
  if (paranoia !== undefined && threshold !== undefined) return ok(known);
  return warning(`${known}: near misses cannot be told from clean requests`, `add the probe rules; ${printSetup}`);
}

/** What the entries of our requests say of the WAF, taken together. */
export function observedWaf({ benign, attack }: Observations): WafInfo | undefined {
  const records = [recordOf(benign), recordOf(attack)].filter((record) => record !== undefined);
  return records.length === 0 ? undefined : knownWaf(records);
}

function knownWaf(records: readonly LogRecord[]): WafInfo {
  const thresholds = records.flatMap(({ score }) => (score === undefined ? [] : [{ threshold: score.threshold }]));
  return Object.assign({ kind: 'modsecurity' }, ...thresholds, ...records.map(({ waf }) => waf).toReversed());
}

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
