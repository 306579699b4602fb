import type { Asked, Check, CheckOutcome, Observations } from '../../../contract/check.js';
import type { ModsecurityRecord } from '../log-record.js';
import { printSetup } from './advice.js';
import { truncation } from './truncation-check.js';
import { whySilent } from './why-silent.js';

type Seen = Observations<ModsecurityRecord>;

const unseen: CheckOutcome = { status: 'skipped', detail: 'no entry of ours is in the log' };

/** What the doctor looks at with ModSecurity, in the order in which the checks depend on one another. */
export const checks: readonly Check<ModsecurityRecord>[] = [
  { id: 'rules', title: 'Rules are loaded', examine: checkRules },
  { id: 'engine', title: 'The engine is known', examine: checkEngine },
  { id: 'settings', title: 'Paranoia level and threshold are known', examine: checkSettings },
  truncation,
];

/** A WAF with no rules loaded looks exactly like a WAF with no false positives. */
function checkRules({ benign, attack, waf }: Seen): CheckOutcome {
  const records = [recordOf(benign), recordOf(attack)].filter((record) => record !== undefined);
  const ids = [...new Set(records.flatMap(({ hits }) => hits.map(({ ruleId }) => `${ruleId}`)))];
  const silent = records.map(whySilent).find((silence) => silence !== undefined);
  if (records.length === 0) return unseen;
  if (ids.length === 0 && silent !== undefined) return { status: 'failed', detail: silent.reason, fix: loadRules };
  if (ids.length === 0 && recordOf(attack) !== undefined)
    return { status: 'failed', detail: 'no rule matched an attack that every Core Rule Set knows', fix: loadRules };
  if (waf?.ruleset !== undefined) return { status: 'ok', detail: waf.ruleset };
  if (ids.length > 0)
    return { status: 'ok', detail: `${ids.length === 1 ? 'rule' : 'rules'} ${ids.join(', ')} matched` };
  return { status: 'warning', detail: 'the log does not name the rule set', fix: 'a JSON audit log does' };
}

const auditLog = `an audit log tells version and mode, an error log does not; ${printSetup}`;

const loadRules = 'load a Core Rule Set; give rules of your own a name with SecComponentSignature';

/** Which engine it is, where it sits, and whether it refuses. */
function checkEngine({ benign, waf }: Seen): CheckOutcome {
  if (waf === undefined) return unseen;
  const mode = waf.mode === undefined ? 'mode unknown' : waf.mode === 'block' ? 'refuses requests' : 'only detects';
  const connector = recordOf(benign)?.connector;
  const place = connector === undefined ? '' : ` (${connector})`;
  const detail = `${waf.version ?? 'version unknown'}${place}, ${mode}`;
  if (waf.version !== undefined && waf.mode !== undefined) return { status: 'ok', detail };
  return { status: 'warning', detail: `the log does not tell all: ${detail}`, fix: auditLog };
}

/** Without level and threshold a near miss cannot be told from a clean request. */
function checkSettings({ waf }: Seen): CheckOutcome {
  if (waf === undefined) return unseen;
  const { paranoia, threshold } = waf;
  const known = `paranoia level ${paranoia ?? 'unknown'}, threshold ${threshold ?? 'unknown'}`;
  if (paranoia !== undefined && threshold !== undefined) return { status: 'ok', detail: known };
  const detail = `${known}: near misses cannot be told from clean requests`;
  return { status: 'warning', detail, fix: `add the probe rules; ${printSetup}` };
}

function recordOf(asked: Asked<ModsecurityRecord> | undefined): ModsecurityRecord | undefined {
  return asked?.joined.kind === 'found' ? asked.joined.record : undefined;
}
