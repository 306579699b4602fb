import type { RuleId, Severity } from '../../model/evidence.js';

/** Points that the Core Rule Set adds per match by default (crs-setup.conf, `tx.*_anomaly_score`). */
const bySeverity: Partial<Record<Severity, number>> = { CRITICAL: 5, ERROR: 4, WARNING: 3, NOTICE: 2 };

/** What one match of a rule adds to the anomaly score; nothing for rules outside the Core Rule Set's range. */
export function points(ruleId: RuleId, severity: Severity | undefined): number | undefined {
  const inCrs = typeof ruleId === 'number' && ruleId >= 910000 && ruleId < 980000;
  return inCrs && severity !== undefined ? bySeverity[severity] : undefined;
}
